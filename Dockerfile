# The portal as one image: the same for web, worker and beat (compose.yaml says what each runs).
FROM python:3.11-slim-bookworm AS packages
COPY requirements.txt /tmp/requirements.txt
RUN python -m venv /opt/venv && /opt/venv/bin/pip install --no-cache-dir --requirement /tmp/requirements.txt

FROM python:3.11-slim-bookworm
ENV PATH="/opt/venv/bin:$PATH" PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=portal.settings.production PORTAL_VAR_DIR=/var/lib/portal
# What a PDF needs: text shaping, and a font. Debian's versions are those of the image below.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/*
COPY --from=packages /opt/venv /opt/venv
WORKDIR /srv/portal
COPY manage.py ./
COPY portal portal
COPY search search
COPY lessons lessons
COPY schools schools
COPY static static
# Static files get their digests here, outside the volume. The values only serve to load the settings.
RUN SECRET_KEY=only-to-collect-static-files ALLOWED_HOSTS=localhost BASE_URL=https://localhost DATABASE_URL=sqlite:////tmp/none \
    REDIS_URL=redis://localhost EMAIL_URL=smtp://localhost MAIL_FROM=post@localhost PORTAL_VAR_DIR=/srv \
    python manage.py collectstatic --noinput --verbosity 0 \
    && useradd --uid 1000 --create-home --home-dir /var/lib/portal portal \
    && ln -s /srv/static /var/lib/portal/static && chown -R portal /var/lib/portal
USER 1000
VOLUME /var/lib/portal
EXPOSE 8000
CMD ["gunicorn", "portal.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--worker-class", "gthread", "--threads", "4"]
