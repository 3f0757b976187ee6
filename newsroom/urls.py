"""The site's addresses. The stories' own come last: a section may take any first segment that nothing here uses."""

from django.contrib import admin
from django.urls import include, path

from newsroom import views

urlpatterns = [
    path("admin/", admin.site.urls),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("", include("articles.urls")),
]

handler404 = "newsroom.errors.page_not_found"
handler500 = "newsroom.errors.server_error"
