"""Files, up and down."""

from __future__ import annotations

from urllib.request import Request, urlopen

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackRequestError

from tests.slack import Channel, Fault, StandIn, User
from tests.slack.test_api import error_of


def fetched(url: str, token: str = "") -> tuple[bytes, str]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    with urlopen(Request(url, headers=headers)) as answer:
        return answer.read(), answer.headers.get_content_type()


def test_the_sdk_uploads_a_file_to_a_channel(slack: StandIn, client: WebClient, room: Channel) -> None:
    answer = client.files_upload_v2(
        channel=room.id, filename="dagsorden.pdf", content=b"%PDF-1.7", title="Dagsorden", initial_comment="Her er den"
    )
    file = answer["file"]
    assert (file["mimetype"], file["filetype"], file["pretty_type"], file["size"]) == (
        "application/pdf",
        "pdf",
        "PDF",
        8,
    )
    (message,) = slack.history(room)
    assert (message.plain, message.files[0].title) == ("Her er den\n[dagsorden.pdf]", "Dagsorden")
    assert client.files_info(file=file["id"])["file"]["shares"]["private"] == {room.id: [{"ts": message.ts}]}


def test_several_files_go_into_one_message_in_a_thread(slack: StandIn, client: WebClient, room: Channel) -> None:
    top = client.chat_postMessage(channel=room.id, text="Bilag")["ts"]
    uploads = [{"filename": "a.docx", "content": b"a"}, {"filename": "b.xlsx", "content": b"b"}]
    client.files_upload_v2(channel=room.id, thread_ts=top, file_uploads=uploads)
    (reply,) = slack.thread(slack.history(room)[0])
    assert [file.name for file in reply.files] == ["a.docx", "b.xlsx"]


def test_a_file_is_fetched_with_the_token_only(slack: StandIn, client: WebClient, anne: User, room: Channel) -> None:
    message = slack.upload(anne, room, "bilag.docx", b"PK")
    url = client.files_info(file=message.files[0].id)["file"]["url_private_download"]
    assert fetched(url, slack.token)[0] == b"PK"
    page, kind = fetched(url)
    assert (kind, b"Login" in page) == ("text/html", True)
    slack.scopes = ["files:write"]
    assert fetched(url, slack.token)[1] == "text/html"


def test_a_file_where_the_bot_is_not_does_not_exist(slack: StandIn, client: WebClient, anne: User) -> None:
    secret = slack.channel("lukket", people=[anne], bot=False)
    file = slack.upload(anne, secret, "hemmelig.txt", b"!").files[0]
    assert error_of(client, "files.info", file=file.id) == "file_not_found"
    assert error_of(client, "files.info", file="F404") == "file_not_found"


def test_an_upload_holds_what_was_announced(client: WebClient, room: Channel) -> None:
    announced = client.files_getUploadURLExternal(filename="a.txt", length=3)
    files = [{"id": announced["file_id"]}]
    again = {"files": files, "channel_id": room.id}
    assert error_of(client, "files.completeUploadExternal", **again) == "file_update_failed"
    with pytest.raises(OSError, match="400"):
        urlopen(Request(announced["upload_url"], data=b"for meget"))
    urlopen(Request(announced["upload_url"], data=b"abc")).close()
    client.files_completeUploadExternal(files=files, channel_id=room.id)
    assert error_of(client, "files.completeUploadExternal", **again) == "file_not_found"
    assert error_of(client, "files.completeUploadExternal", **again, tekst="x") == "invalid_arguments"


def test_an_upload_can_fail_on_its_way(slack: StandIn, client: WebClient, room: Channel) -> None:
    def busy(_args: object) -> None:
        raise Fault(500)

    slack.before("upload_url", busy)
    with pytest.raises((OSError, SlackRequestError)):
        client.files_upload_v2(channel=room.id, filename="a.txt", content="abc")
    assert slack.history(room) == []
