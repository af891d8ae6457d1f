"""A real browser before the demo's phones: people type and tap on a page, and read what stands there."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 60_000
WIDE = {"width": 1360, "height": 860}
NARROW = {"width": 390, "height": 780}

expect.set_options(timeout=PATIENCE_MS)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """The Chromium of this machine; without one the test is skipped."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        await browser.close()


@dataclass
class Window:
    """A window of the browser with the page in it; whatever the page complains of is kept."""

    page: Page
    complaints: list[str]

    @classmethod
    async def opens(
        cls, browser: Browser, url: str, size: dict[str, int] | None = None, sharpness: float = 1
    ) -> Window:
        """Opens the page and waits until the phones are there; `sharpness` is pixels of the screen for each of it."""
        page = await browser.new_page(
            viewport=size or WIDE,  # type: ignore[arg-type]  # a size
            reduced_motion="reduce",
            device_scale_factor=sharpness,
        )
        page.set_default_timeout(PATIENCE_MS)
        window = cls(page, [])
        page.on("pageerror", lambda error: window.complaints.append(str(error)))
        page.on("console", lambda said: window.complaints.append(said.text) if said.type == "error" else None)
        await page.goto(url)
        await expect(window.part("now")).not_to_be_empty()
        return window

    def part(self, name: str) -> Locator:
        """The part of the page that is marked with this name."""
        return self.page.locator(f'[data-test="{name}"]')

    def phone(self, name: str) -> PagePhone:
        """Somebody's phone on the page."""
        return PagePhone(self, name)

    async def closes(self) -> None:
        """Closes the window; fails if the page has complained of anything."""
        await self.page.close()
        assert self.complaints == []


@dataclass
class PagePhone:
    """A phone on the page, used as its owner would use it."""

    window: Window
    name: str

    @property
    def log(self) -> Locator:
        return self.window.part(f"log-{self.name}")

    def part(self, name: str) -> Locator:
        """A part of the page that belongs to this phone."""
        return self.window.part(f"{name}-{self.name}")

    def bubble(self, *words: str) -> Locator:
        """The newest message with all these words."""
        found = self.log.locator('[data-test="bubble"]')
        for each in words:
            found = found.filter(has_text=each)
        return found.last

    async def says(self, text: str) -> None:
        """Types a message and presses Enter."""
        await self.part("write").fill(text)
        await self.part("write").press("Enter")

    async def taps(self, label: str) -> None:
        """Taps the newest button whose label begins so, once it is there."""
        button = self.log.locator('[data-test="button"]').filter(has_text=re.compile(f"^{re.escape(label)}"))
        await button.last.click()

    async def sees(self, *words: str) -> Locator:
        """Waits for a message with all these words."""
        bubble = self.bubble(*words)
        await bubble.wait_for()
        return bubble
