"""Establish the facts of a chapter: `telling` has those of every story, each other module those of one noun."""

from graphcal.story.telling import ANSWERS, Story, invitee_of

__all__ = ["ANSWERS", "Story", "invitee_of"]
