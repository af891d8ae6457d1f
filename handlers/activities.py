"""Everything that people can do, as handlers receive it by the name `services`."""

from __future__ import annotations

from dataclasses import dataclass

from services.accusations import Accusations
from services.amending import Amending
from services.campaigns import Campaigns
from services.canned import Canned
from services.correspondence import Correspondence
from services.directory import Directory
from services.emergency import Emergency
from services.evidence import Evidence
from services.explaining import Explaining
from services.exporting import Exporting
from services.fairness import Fairness
from services.groups import Groups
from services.handling import Handling
from services.intake import Intake
from services.inviting import Inviting
from services.keeping import Keeping
from services.merging import Merging
from services.oversight import Oversight
from services.overview import Overview
from services.people import People
from services.practising import Practising
from services.privacy import Privacy
from services.regions import Regions
from services.requests import Requests
from services.revealing import Revealing
from services.staffing import Staffing
from services.supporting import Supporting
from services.teamwork import Teamwork
from services.tracking import Tracking


@dataclass(frozen=True)
class Services:
    """One object per activity; a handler calls one method of one of them."""

    people: People
    intake: Intake
    tracking: Tracking
    correspondence: Correspondence
    canned: Canned
    evidence: Evidence
    handling: Handling
    oversight: Oversight
    directory: Directory
    explaining: Explaining
    requests: Requests
    emergency: Emergency
    campaigns: Campaigns
    keeping: Keeping
    amending: Amending
    supporting: Supporting
    merging: Merging
    teamwork: Teamwork
    accusations: Accusations
    privacy: Privacy
    fairness: Fairness
    revealing: Revealing
    overview: Overview
    regions: Regions
    practising: Practising
    groups: Groups
    exporting: Exporting
    inviting: Inviting
    staffing: Staffing
