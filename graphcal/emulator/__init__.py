"""A reference emulator of shared and delegated calendars on Microsoft Graph v1.0, with its sign-in service.

It is written from the catalogue of requirements, and a hypothesis about the service, not the truth.
"""

from graphcal.emulator.app import Emulator
from graphcal.emulator.faults import FAULTS, Fault
from graphcal.emulator.model import Address, Person
from graphcal.emulator.naming import Namer
from graphcal.emulator.people import PEOPLE
from graphcal.emulator.server import Account, RunningServer, serve
from graphcal.emulator.sharing import Role
from graphcal.emulator.state import Tenant, documented

__all__ = [
    "FAULTS",
    "PEOPLE",
    "Account",
    "Address",
    "Emulator",
    "Fault",
    "Namer",
    "Person",
    "Role",
    "RunningServer",
    "Tenant",
    "documented",
    "serve",
]
