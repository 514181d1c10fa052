"""Logs in production: one JSON object a line, for machines to sort, and nothing about who anyone is.

Two barriers against personal data: what is known to carry it is never written (query strings, addresses that carry
tokens, the words of an exception), and whatever looks like an e-mail address is masked.
"""

import json
import logging
import re
import time
import traceback
from datetime import UTC, datetime

EPOSTADRESSE = re.compile(r"[^\s@<>\"'(),;:=/]+(?:@|%40)[^\s@<>\"'(),;:/]+", re.IGNORECASE)
FELT = ("metode", "rute", "status", "ms")  # what `extra=` may add to a line

logg = logging.getLogger("portal.foresporsel")


def innstillinger(*, som_json, nivaa="INFO"):
    """Django's LOGGING. In development its own readable lines; Django's mail to administrators is never used."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {"()": f"{__name__}.JsonFormat"},
            "lesbar": {"format": "%(levelname)s %(name)s: %(message)s"},
        },
        "handlers": {"ut": {"class": "logging.StreamHandler", "formatter": "json" if som_json else "lesbar"}},
        "root": {"handlers": ["ut"], "level": nivaa if som_json else "WARNING"},
        "loggers": {
            "django": {"handlers": ["ut"], "level": nivaa, "propagate": False},
            "django.security.DisallowedHost": {"handlers": [], "propagate": False},  # robots, all day; answered 400
        },
    }


class JsonFormat(logging.Formatter):
    def format(self, record):
        linje = {
            "tid": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "nivaa": record.levelname,
            "logger": record.name,
            "melding": masker(_melding(record)),
        }
        linje |= {felt: getattr(record, felt) for felt in FELT if hasattr(record, felt)}
        if record.exc_info and record.exc_info[0]:
            linje["feil"] = _feil(record.exc_info[1])
        return json.dumps(linje, ensure_ascii=False, default=str)


def _melding(record):
    """Django's lines about a request end in its address. The first word says what happened, the route says where."""
    if hasattr(record, "request"):
        return str(record.args[0]) if record.args else record.name
    return record.getMessage()


def masker(tekst):
    return EPOSTADRESSE.sub("<e-post>", tekst)


def _feil(feil):
    """Where and what kind. Not its words: the database's own errors quote the row, with names and all."""
    spor = [f"{r.filename}:{r.lineno} {r.name}" for r in traceback.extract_tb(feil.__traceback__)]
    beskrivelse = {"type": type(feil).__qualname__, "spor": spor}
    if regel := getattr(getattr(feil.__cause__, "diag", None), "constraint_name", None):
        beskrivelse["regel"] = regel
    return beskrivelse


def logg_foresporsler(get_response):
    """Middleware: one line a request. The route and not the address, which may hold a token or a search."""

    def mellomvare(request):
        start = time.perf_counter()
        svar = get_response(request)
        treff = request.resolver_match
        if not (treff and treff.route.startswith("helse/")):
            logg.info(
                "forespørsel",
                extra={
                    "metode": request.method,
                    "rute": treff.route if treff else None,
                    "status": svar.status_code,
                    "ms": round((time.perf_counter() - start) * 1000),
                },
            )
        return svar

    return mellomvare
