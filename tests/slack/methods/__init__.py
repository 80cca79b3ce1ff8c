"""The methods of the Web API, by family; imported, they register themselves."""

from ..api import WebApi
from . import apps, chat, conversations, files, users, views

__all__ = ["WebApi", "apps", "chat", "conversations", "files", "users", "views"]
