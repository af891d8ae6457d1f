"""An office that works: a coordinator who forwards, and an officer whose unit has a group."""

from __future__ import annotations

import re
from dataclasses import dataclass

from simulator.group_phone import GroupPhone
from simulator.phone import Phone
from tests.proof.scene import PATIENCE_S, Scene


@dataclass
class Office:
    """`group` is the officer's phone in the group of the unit."""

    coordinator: Phone
    group: GroupPhone

    async def forwards(self, number: str) -> None:
        """A complaint goes to the unit by two taps."""
        # Other cards name it too, where they tell of similar complaints.
        card = await self.coordinator.sees(f"Nomor laporan: {number}", within=PATIENCE_S)
        await self.coordinator.taps("Verifikasi", message=card)
        proposal = await self.coordinator.sees_new(f"Verifikasi {number}", "Sudah tepat?", within=PATIENCE_S)
        await self.coordinator.taps("Ya, teruskan", message=proposal)
        await self.coordinator.sees_new(number, "sudah diteruskan", within=PATIENCE_S)


async def opens_office(stage: Scene) -> Office:
    """Agus and Rina begin, and Rina connects a group."""
    coordinator, officer = stage.telegram.phone("Agus"), stage.telegram.phone("Rina")
    for phone in (coordinator, officer):
        await phone.starts(stage.invitations[phone.person.first_name])
        await phone.sees_new("Selamat bergabung", within=PATIENCE_S)
    group = await stage.telegram.group("Dinas Perumahan", officer)
    await group.admits()
    await officer.says("/hubungkan")
    code = re.search(r"/hubungkan [A-Z0-9]{8}", (await officer.sees_new("Kode berlaku", within=PATIENCE_S)).text)
    assert code
    await group.says(code[0])
    await group.sees_new("sekarang terhubung", within=PATIENCE_S)
    return Office(coordinator, group)
