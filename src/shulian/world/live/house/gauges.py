"""What Prometheus reads of a house."""

from shulian.world.live.house.household import Household

_EVENTS = "shulian_world_events_total"


def exposition(house: Household) -> bytes:
    """The counters of `house`, by event, and how many people are where."""
    lines = [f"# TYPE {_EVENTS} counter"]
    lines += [
        f'{_EVENTS}{{event="{name}"}} {count}' for name, count in sorted(house.counters.items())
    ]
    for name, count in house.gauges.items():
        lines += [f"# TYPE shulian_world_{name} gauge", f"shulian_world_{name} {count}"]
    return "\n".join([*lines, ""]).encode()
