"""Addresses of the public site."""

from django.urls import path

from pages.sitemaps import robots, sitemap
from pages.views.images import image
from pages.views.lists import glossary, home, questions
from pages.views.reading import page
from pages.views.searching import search

urlpatterns = [
    path("", home, name="home"),
    path("questions/", questions, name="question-list"),
    path("questions/<slug:slug>/", page, name="question-read"),
    path("glossary/", glossary, name="term-list"),
    path("glossary/<slug:slug>/", page, name="term-read"),
    path("search/", search, name="page-search"),
    path("media/images/<str:name>", image, name="image-read"),
    path("sitemap.xml", sitemap, name="sitemap-read"),
    path("robots.txt", robots, name="robots-read"),
    path("<slug:slug>/", page, name="article-read"),
]
