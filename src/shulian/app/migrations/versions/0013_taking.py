"""The ledger takes what is wanted in one call: it chooses units, and lets go what came too late."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_UNITS = """
    create function booking_units(
        p_resource uuid, p_capacity integer, p_amount integer, p_span tstzrange, p_place integer
    ) returns int4range[] language plpgsql stable as $$
    -- So many units that are free throughout a span, looked for from a place on and then from the
    -- first; null where there are not so many that stay the same all the time.
    declare
        width bigint := 4096;
        missing bigint := p_amount;
        start integer := p_place % p_capacity;
        low integer;
        high integer;
        rest integer;
        more int4range[];
        many bigint;
        chosen int4range[] := '{}';
    begin
        if p_amount >= p_capacity then
            if p_amount > p_capacity or exists (
                select from booking_claim as one
                where one.resource = p_resource and one.active and one.span && p_span
            ) then
                return null;
            end if;
            return array[int4range(0, p_capacity)];
        end if;
        for part in 0..1 loop
            low := case part when 0 then start else 0 end;
            rest := case part when 0 then p_capacity else start end;
            while low < rest loop
                high := least(low + width, rest);
                with busy as (
                    select coalesce(range_agg(one.units), '{}') as units from booking_claim as one
                    where one.resource = p_resource and one.active and one.span && p_span
                    and one.units && int4range(low, high)
                ), free as (
                    select each, lower(each) as first, upper(each) - lower(each) as size,
                        sum(upper(each) - lower(each)) over (order by each) as upto
                    from busy, unnest(int4multirange(int4range(low, high)) - busy.units) as each
                ), mine as (
                    select first, least(size, missing - (upto - size))::integer as size
                    from free where upto - size < missing
                )
                select array_agg(int4range(first, first + size) order by first), sum(size)
                into more, many from mine;
                if many is not null then
                    chosen := chosen || more;
                    missing := missing - many;
                end if;
                if missing = 0 then
                    return chosen;
                end if;
                low := high;
                width := width * 2;
            end loop;
        end loop;
        return null;
    end
    $$
"""

_TAKE = """
    create function booking_take(
        p_booking uuid, p_resources uuid[], p_amounts integer[], p_units int4range[],
        p_spans tstzrange[], p_place integer,
        p_source text, p_person uuid, p_organization uuid, p_title text, p_state text,
        p_created timestamptz, p_expires timestamptz, p_key text
    ) returns text language plpgsql as $$
    -- Has a booking hold all that is wanted, or nothing of it: `taken`, or `short` where that was
    -- not to be had, or `known` where something was booked under that key before, or `withdrawn`
    -- where a new booking is of something that is not to be booked any more.
    --
    -- p_units   those that are to be taken; null: as many as p_amounts says, whichever are free
    -- p_source  and what follows: of a new booking; null: there is one that holds nothing
    --
    -- What is taken is seen beforehand, so that whoever is refused has written nothing. Each
    -- attempt stands by itself: whoever waited for what it had can go on when it is given up.
    declare
        resources uuid[] := p_resources;
        units int4range[] := p_units;
        spans tstzrange[] := p_spans;
        capacity integer;
        shut boolean;
        mine int4range[];
        had bigint;
        broken text;
    begin
        for turn in 0..7 loop
            if p_units is null then
                resources := '{}';
                units := '{}';
                spans := '{}';
                for number in 1..cardinality(p_resources) loop
                    select one.capacity, one.withdrawn into capacity, shut
                    from booking_resource as one where one.id = p_resources[number];
                    if shut and p_source is not null then
                        return 'withdrawn';
                    end if;
                    mine := booking_units(
                        p_resources[number], capacity, p_amounts[number], p_spans[number],
                        p_place + turn * 2048
                    );
                    if mine is null then
                        return 'short';
                    end if;
                    for part in 1..cardinality(mine) loop
                        resources := resources || p_resources[number];
                        units := units || mine[part];
                        spans := spans || p_spans[number];
                    end loop;
                end loop;
            end if;
            begin
                if p_source is not null then
                    insert into booking_booking (
                        id, source, person, organization, title, state, created, expires, key
                    ) values (
                        p_booking, p_source, p_person, p_organization, p_title, p_state,
                        p_created, p_expires, p_key
                    ) on conflict do nothing;
                    if not found then
                        return 'known';
                    end if;
                end if;
                -- all take in the same order, so that two who wait never wait for each other;
                -- whoever comes second finds nothing inserted, and no error
                insert into booking_claim (booking, resource, units, span, capacity, active)
                select p_booking, one.resource, one.units, one.span, known.capacity, true
                from unnest(resources, units, spans) as one (resource, units, span)
                join booking_resource as known on known.id = one.resource
                order by one.resource, one.units, one.span
                on conflict do nothing;
                get diagnostics had = row_count;
                if had = cardinality(resources) then
                    return 'taken';
                end if;
                raise exception using errcode = 'BK001';
            exception
                when sqlstate 'BK001' or deadlock_detected then
                    null;
                when check_violation or foreign_key_violation then
                    get stacked diagnostics broken = constraint_name;
                    if broken not in ('ck_booking_claim_within', 'fk_booking_claim_resource') then
                        raise;
                    end if;  -- the capacity has just been changed: look anew
            end;
            if p_units is not null then
                return 'short';
            end if;
        end loop;
        return 'short';
    end
    $$
"""

_HELD = """
    create function booking_held(p_resources uuid[], p_span tstzrange, p_now timestamptz)
    returns table (
        resource uuid, capacity integer,
        starts timestamptz, ends timestamptz, units bigint, closed boolean, expired uuid[]
    ) language plpgsql stable as $$
    -- What is held of resources in a span: a row for all that have the same span of one; a row of
    -- nulls where nobody has anything of it. `expired` are bookings whose hold is over.
    --
    -- One resource at a time: a plan for one is good for each, and is made once.
    declare
        wanted uuid;
    begin
        foreach wanted in array p_resources loop
            return query
            select known.id, known.capacity, lower(one.span), upper(one.span),
                sum(upper(one.units) - lower(one.units)),
                its.person is null and its.organization is null,
                array_agg(its.id) filter (where its.expires <= p_now)
            from booking_resource as known
            left join booking_claim as one
                on one.resource = known.id and one.active and one.span && p_span
            left join booking_booking as its on its.id = one.booking
            where known.id = wanted
            group by known.id, one.span, its.person is null and its.organization is null,
                coalesce(its.expires <= p_now, false)
            order by one.span, its.person is null and its.organization is null;
        end loop;
    end
    $$
"""

_TRY = """
    create function booking_try(
        p_booking uuid, p_resources uuid[], p_amounts integer[], p_units int4range[],
        p_spans tstzrange[], p_place integer,
        p_source text, p_person uuid, p_organization uuid, p_title text, p_state text,
        p_created timestamptz, p_expires timestamptz, p_key text,
        p_seen tstzrange, p_now timestamptz
    ) returns table (
        outcome text, resource uuid, capacity integer,
        starts timestamptz, ends timestamptz, units bigint, closed boolean, expired uuid[]
    ) language plpgsql as $$
    -- As booking_take; where that comes out short, with all that is held of it in p_seen.
    begin
        outcome := booking_take(
            p_booking, p_resources, p_amounts, p_units, p_spans, p_place, p_source, p_person,
            p_organization, p_title, p_state, p_created, p_expires, p_key
        );
        if outcome = 'short' then
            return query
            select outcome, held.* from booking_held(p_resources, p_seen, p_now) as held;
        else
            return next;
        end if;
    end
    $$
"""


def upgrade() -> None:
    """Make the functions of the ledger."""
    op.execute(_UNITS)
    op.execute(_TAKE)
    op.execute(_HELD)
    op.execute(_TRY)
