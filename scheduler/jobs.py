"""The jobs: what happens by itself. Each asks the database what is due and owes messages; none sends any."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.backing_up import BackingUp
from services.learning import Learning
from services.retaining import Retaining
from services.timekeeping import Timekeeping

Act = Callable[[datetime], Awaitable[int]]


@dataclass(frozen=True)
class Job:
    """One thing that happens by itself: how often it is asked whether it is due, and what then is done."""

    id: str
    caption: str
    every: timedelta
    act: Act


def jobs_of(timekeeping: Timekeeping) -> tuple[Job, ...]:
    """Every job, in the order in which they run when they run together: statuses move before people are told."""
    minute, hour = timedelta(minutes=1), timedelta(hours=1)
    return (
        Job("resume_holds", "complaints go on whose pause is used up", minute, timekeeping.resume_holds),
        Job("close_silent", "finished complaints close when the citizen is silent", minute, timekeeping.close_silent),
        Job("tell_late", "citizens hear that a date has passed, and who was told", minute, timekeeping.tell_late),
        Job("ask_outcome", "citizens are asked whether it is solved", minute, timekeeping.ask_outcome),
        Job("escalate", "lateness climbs by one level", minute, timekeeping.escalate),
        Job("remind", "whoever is responsible is reminded before and after the due date", minute, timekeeping.remind),
        Job("digests", "coordinators get the digest of their day", minute, timekeeping.digests),
        Job("weekly", "coordinators get the figures of the week that has ended", minute, timekeeping.weekly),
        Job("remind_unsent", "citizens are reminded once of what they have not sent", hour, timekeeping.remind_unsent),
        Job("set_apart", "what is due to people who cannot be reached waits apart", hour, timekeeping.set_apart),
    )


def retention_jobs(retaining: Retaining) -> tuple[Job, ...]:
    """The jobs that let go of what has outlived its time."""
    hour = timedelta(hours=1)
    return (
        Job("expire_inbox", "dead letters and numbers of worked updates are forgotten", hour, retaining.inbox),
        Job("expire_drafts", "drafts that were thrown away or left are deleted", hour, retaining.drafts),
        Job("expire_messages", "what was sent long ago is deleted", hour, retaining.messages),
        Job("expire_identities", "old complaints lose the link to their citizens", hour, retaining.identities),
    )


def learning_jobs(learning: Learning) -> tuple[Job, ...]:
    """The job by which corrected routes teach the suggestions."""
    caption = "what coordinators corrected by day teaches the suggestions by night"
    return (Job("learn", caption, timedelta(hours=1), learning.learn_nightly),)


def backup_jobs(backing_up: BackingUp) -> tuple[Job, ...]:
    """The job by which an older backup cannot bring back who was forgotten since."""
    caption = "who was forgotten is written down beside the files too"
    return (Job("remember_erased", caption, timedelta(minutes=1), backing_up.remember_erased),)
