"""Values that do not change: frozen for the type checker, plain when they are made.

A thousand of them are made for every order. The standard library guards a frozen one at run time
by a function that is called for each attribute, which makes it four times as slow to make; here
mypy is the guard. It also compiles five functions a class when the program starts, and of six hundred
classes a command makes values of some. Here how values are compared, hashed and shown is said once for
all of them, and how one is made is compiled when the first is. Use it as `dataclasses.dataclass`, with
`frozen=True`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    import dataclasses
    from operator import attrgetter
    from reprlib import recursive_repr

    def dataclass(*, frozen=False, order=False, **rest):
        """Equal by value and, where frozen, with a hash."""
        if order:
            return dataclasses.dataclass(unsafe_hash=frozen, order=True, **rest)
        plain = dataclasses.dataclass(eq=False, repr=False, init=False, **rest)

        def made(cls):
            # Else the library reads the signature of `__init__`, which is not there yet, to tell it.
            cls.__doc__ = cls.__doc__ or cls.__name__
            return _compared(_compiled_at_first(plain(cls)), hashed=frozen)

        return made

    def _compiled_at_first(cls):
        if "__init__" in vars(cls):
            return cls

        def first(self, /, *args, **named):
            cls.__init__ = _init_of(cls)
            cls.__init__(self, *args, **named)

        cls.__init__ = first
        return cls

    def _init_of(cls):
        """As the standard library makes it for a class with these fields and nothing else."""
        fields = dataclasses.fields(cls)
        body = {field.name: field for field in fields}
        body |= {
            "__annotations__": {field.name: field.type for field in fields},
            "__doc__": cls.__name__,
        }
        if hasattr(cls, "__post_init__"):
            body["__post_init__"] = cls.__post_init__
        slots = "__slots__" in vars(cls)
        same = dataclasses.dataclass(eq=False, repr=False, match_args=False, slots=slots)
        return same(type(cls.__name__, (), body)).__init__

    def _compared(cls, *, hashed):
        fields = dataclasses.fields(cls)
        held = _held(f.name for f in fields if f.compare)
        telling = _held(f.name for f in fields if (f.compare if f.hash is None else f.hash))

        def equal(self, other):
            if other.__class__ is not self.__class__:
                return NotImplemented
            return held(self) == held(other)

        def hash_of(self):
            return hash(telling(self))

        @recursive_repr("...")
        def shown(self):
            told = (f"{f.name}={getattr(self, f.name)!r}" for f in fields if f.repr)
            return f"{self.__class__.__qualname__}({', '.join(told)})"

        cls.__eq__ = equal
        cls.__hash__ = hash_of if hashed else None
        cls.__repr__ = shown
        return cls

    def _held(names):
        """What of a value counts when it is compared, or hashed."""
        names = tuple(names)
        return attrgetter(*names) if names else lambda _: ()
