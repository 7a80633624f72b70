"""The model: a problem as variables, constraints and costs of OR-Tools' CP-SAT.

A session has a start and, for each hall, a literal and an optional interval of that start; halls
are disjunctive. Whoever should be at several sessions (a speaker, a visitor of a theme, an
organizer) is a disjunctive of its own: where the rule is hard, of all of them; where it is soft,
of those that are seen, and what is not seen costs its minutes. So no slots of time are counted and
hardly any pairs of sessions, and what one can see is bounded by how long a congress is.
"""
