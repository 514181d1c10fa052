# One image for the web process, the worker and the commands. See compose.yaml and docs/operations.md.

FROM python:3.13-slim AS bygg
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /portal
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
COPY krav/drift.txt krav/
RUN pip install --require-hashes -r krav/drift.txt
COPY . .
# Collecting files needs no secrets, and these are not kept: they only get the settings past their own questions.
RUN SECRET_KEY=bare-under-bygging ALLOWED_HOSTS=bygg DATABASE_URL=sqlite:////tmp/bygg.sqlite3 EMAIL_URL=dummymail:// \
    PORTAL_ADRESSE=https://bygg.example \
    STATIC_ROOT=/portal/static-ferdig python manage.py collectstatic --noinput

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /portal --no-create-home portal && install --directory --owner portal /filer
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 STATIC_ROOT=/portal/static-ferdig FILMAPPE=/filer
WORKDIR /portal
COPY --from=bygg /opt/venv /opt/venv
COPY --from=bygg /portal /portal
USER portal
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s CMD ["python", "scripts/er_klar.py"]
CMD ["gunicorn"]
