"""Check JSON payloads against the schemas of Graph resources and say in plain words what is wrong."""

from graphcal.schemas.check import Schemas
from graphcal.schemas.library import UnknownSchemaError
from graphcal.schemas.violation import MISSING, Violation

__all__ = ["MISSING", "Schemas", "UnknownSchemaError", "Violation"]
