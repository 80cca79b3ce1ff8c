"""Slack's limits, in one table. Lengths are characters, spans are seconds; what Slack does not document says so.

Where PyPI's `slackblocks` knows a limit too, `test_limits.py` compares.
"""

from __future__ import annotations

# A message
MESSAGE_TEXT = 40_000
UPDATE_TEXT = 4_000  # chat.update takes less than chat.postMessage
MESSAGE_BLOCKS = 50
MESSAGE_BLOCKS_LENGTH = 13_000  # all blocks but tables, as JSON; undocumented, seen from 13,172 on
MESSAGE_TABLES = 1
METADATA_LENGTH = 8_000  # as JSON; undocumented, on the safe side
METADATA_EVENT_TYPE = 255  # undocumented

# Blocks
BLOCK_ID = 255
SECTION_TEXT = 3_000
SECTION_FIELDS = 10
SECTION_FIELD = 2_000
HEADER_TEXT = 150
CONTEXT_ELEMENTS = 10
CONTEXT_TEXT = 3_000
ACTIONS_ELEMENTS = 25
MARKDOWN_TEXT = 12_000  # of all markdown blocks of a message together
TABLE_ROWS = 100
TABLE_COLUMNS = 20
TABLE_COLUMN_SETTINGS = 20
TABLE_LENGTH = 10_000  # of all cells together
LIST_INDENT = 8
BORDER = 1

# A button, and what it asks first
ACTION_ID = 255
BUTTON_TEXT = 75
BUTTON_VALUE = 2_000
BUTTON_URL = 3_000
BUTTON_LABEL = 75  # accessibility_label
CONFIRM_TITLE = 100
CONFIRM_TEXT = 300
CONFIRM_YES = 30
CONFIRM_NO = 30

# Reading back
HISTORY_PAGE = 999
HISTORY_PAGE_DEFAULT = 100
REPLIES_PAGE = 1_000

# Time
ACK_SECONDS = 3.0
TRIGGER_SECONDS = 3
RESPONSE_URL_SECONDS = 30 * 60
RESPONSE_URL_USES = 5
