"""The table of hostile captures, each with a name."""
from hostile import bytes as odd_bytes
from hostile import loads, programs


def table():
    made = [*programs.tricks(), *loads.tricks(), *odd_bytes.tricks()]
    names = [trick.name for trick in made]
    assert len(names) == len(set(names)), "two tricks of one name"
    return made
