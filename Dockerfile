# syntax=docker/dockerfile:1
# Builds the program with its locked dependencies, and leaves compilers, caches and tests behind.
FROM python:3.13-slim-bookworm AS build
RUN pip install --no-cache-dir "uv>=0.9,<1"
ENV UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1
WORKDIR /app
COPY pyproject.toml uv.lock README.md ./
COPY locales/build.py locales/build.py
RUN uv sync --frozen --no-dev --no-install-project
COPY bot bot
COPY handlers handlers
COPY scheduler scheduler
COPY views views
COPY services services
COPY routing routing
COPY storage storage
COPY domain domain
COPY locales locales
COPY simulator simulator
RUN uv sync --frozen --no-dev --no-editable

FROM python:3.13-slim-bookworm
RUN useradd --uid 10001 --create-home --home-dir /var/lib/laporbot laporbot \
    && install -d -o laporbot -m 0700 /var/lib/laporbot/files /backups
COPY --from=build /app/.venv /app/.venv
ENV PATH=/app/.venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 MPLCONFIGDIR=/tmp LAPOR_LOG_FORMAT=json LAPOR_METRICS_PORT=9100
USER 10001
WORKDIR /var/lib/laporbot
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9100/healthz', timeout=8)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["lapor"]
CMD ["run"]
