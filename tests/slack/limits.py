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
IMAGE_URL = 3_000
IMAGE_ALT = 2_000
IMAGE_TITLE = 2_000
INPUT_LABEL = 2_000
INPUT_HINT = 2_000

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

# What one picks and fills in
PLACEHOLDER = 150
OPTION_TEXT = 75
OPTION_VALUE = 150
OPTION_DESCRIPTION = 75
OPTION_URL = 3_000
OPTION_GROUP_LABEL = 75
OPTIONS = 100
OPTION_GROUPS = 100
OVERFLOW_OPTIONS = 5
CHECKBOXES = 10
RADIO_BUTTONS = 10
TEXT_INPUT = 3_000
INPUT_FILES = 10
INPUT_FILE_SIZE = 10 * 1024 * 1024  # bytes
DISPATCH_ON = 2

# A form, and the Home tab
VIEW_TITLE = 24
VIEW_SUBMIT = 24
VIEW_CLOSE = 24
VIEW_BLOCKS = 100
VIEW_PRIVATE_METADATA = 3_000
VIEW_CALLBACK_ID = 255
VIEW_EXTERNAL_ID = 255
VIEW_SIZE = 250_000  # bytes, as JSON
VIEW_STACK = 3

# Reading back
HISTORY_PAGE = 999
HISTORY_PAGE_DEFAULT = 100
REPLIES_PAGE = 1_000
LIST_PAGE = 1_000
LIST_PAGE_DEFAULT = 100

# Sockets
SOCKETS = 10
SOCKET_PING = 0.2  # more often than Slack does: the SDK closes a quiet socket only after three seconds

# Time
ACK_SECONDS = 3.0
TRIGGER_SECONDS = 3
RESPONSE_URL_SECONDS = 30 * 60
RESPONSE_URL_USES = 5
EVENT_RETRIES = 3
