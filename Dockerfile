FROM python:3.12.12-slim-bookworm AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /srv/portal
RUN python -m venv /opt/venv
COPY requirements.lock ./
RUN /opt/venv/bin/pip install --require-hashes --only-binary :all: --requirement requirements.lock
COPY . ./
RUN SECRET_KEY=only-for-this-step-only-for-this-step-only-for-this-step \
    DATA_DIR=/tmp/data STATIC_ROOT=/srv/static \
    sh -c '/opt/venv/bin/python manage.py compilecatalogs \
      && /opt/venv/bin/python manage.py collectstatic --no-input --verbosity 0'


FROM python:3.12.12-slim-bookworm

ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    DATA_DIR=/data \
    STATIC_ROOT=/srv/static
COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv/static /srv/static
COPY --from=build /srv/portal /srv/portal
RUN install --directory --owner=10001 --group=10001 --mode=0750 /data
WORKDIR /srv/portal
USER 10001:10001
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["python", "-m", "iksz_portal.ops.healthcheck"]
CMD ["gunicorn", "-c", "python:iksz_portal.gunicorn", "--no-control-socket"]
