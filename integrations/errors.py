"""What can go wrong with a vendor, in the words a caller decides by.

VendorError
├── TryLater(after)             busy, broken or out of reach; nothing was carried out
├── Refused(reason)             a definite no: the same request will be refused again
├── NeedsReconnect(connection)  the authorisation is gone; a person has to connect again
├── NotFound                    the vendor does not have (or no longer has) the thing asked for
├── BadAnswer(reason)           an answer came, and it is of no use; another attempt may give a better one
└── OutcomeUnknown(reason)      the request may have been carried out; never repeat it unasked
"""

from datetime import timedelta


class VendorError(Exception):
    """A vendor did not do what was asked; the subclass says what the caller may do next."""


class TryLater(VendorError):
    """Nothing was carried out and the same request may succeed later.

    `after` is how long the vendor asked us to wait; None means that it did not say.
    """

    def __init__(self, after: timedelta | None = None, reason: str = "") -> None:
        super().__init__(after, reason)
        self.after = after
        self.reason = reason

    def __str__(self) -> str:
        wait = f" (after {self.after.total_seconds():g} s)" if self.after is not None else ""
        return f"{self.reason or 'the vendor cannot answer now'}{wait}"


class Refused(VendorError):
    """A definite no, with the reason to show to a person."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NeedsReconnect(VendorError):
    """The authorisation was refused; `connection` names what has to be connected again."""

    def __init__(self, connection: str, reason: str = "") -> None:
        super().__init__(connection, reason)
        self.connection = connection
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.connection} must be connected again{': ' + self.reason if self.reason else ''}"


class NotFound(VendorError):
    """The vendor does not have, or no longer has, what was asked for."""

    def __init__(self, what: str = "not found") -> None:
        super().__init__(what)
        self.what = what


class BadAnswer(VendorError):
    """What a model wrote is truncated, a refusal, no JSON, or not what its schema asked for."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class OutcomeUnknown(VendorError):
    """The request may have been carried out: only a look-up or a person can tell."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
