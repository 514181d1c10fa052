"""Registering a project: three fields, then a calm page by sections."""

from django.shortcuts import get_object_or_404, redirect

from prosjekter.models import Prosjekt


def rediger(request, slug):
    prosjekt = get_object_or_404(Prosjekt.objects.synlige_for(request.user), slug=slug)
    return redirect(prosjekt)
