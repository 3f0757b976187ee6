"""The site's addresses. The stories' own come last: a section may take any first segment that nothing here uses."""

from django.contrib import admin
from django.urls import include, path

from newsroom import catalogue, views, well_known

urlpatterns = [
    # Below the desk's address, with its policy, but for everybody: the sign-in page asks for it.
    path("admin/", include([path("words/<slug:version>.js", catalogue.catalogue, name="desk_catalogue")])),
    path("admin/", admin.site.urls),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("metrics", views.metrics, name="metrics"),
    path("manifest.webmanifest", well_known.manifest, name="manifest"),
    path(".well-known/security.txt", well_known.security, name="security"),
    path(".well-known/change-password", well_known.change_password, name="change_password"),
    path("", include("articles.urls")),
]

handler404 = "newsroom.errors.page_not_found"
handler500 = "newsroom.errors.server_error"
