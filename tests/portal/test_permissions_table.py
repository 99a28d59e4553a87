"""Every URL × role, GET/POST with nothing in it; a pattern that no table names fails the run.

    ok   answered     in   sent to the sign-in     go   sent elsewhere     else the refusal's number

`library` represents a member library, `author` drafts for another one, `foreign` acts in another
section; `coord` leads the section; `board` votes on the board, `secr` is its secretary.
"""

import zipfile
from hashlib import sha256
from io import BytesIO

import pytest
from django.contrib import admin
from django.contrib.admin.models import ADDITION, LogEntry
from django.core.files.base import ContentFile
from django.urls import reverse

from core import clock, leaving, notices
from core.models import Bucket, Recess, SpecialDay, Stage
from core.notices import Group, Pace
from members import actions, calendars, erasing, invitations
from members.choices import ErasureGround, LibraryKind
from members.models import DataExport
from members.profiles import fingerprint, values_of
from positions import publishing, recounting
from positions.choices import AMENDABLE, DocumentKind, ProfileKind, State
from positions.commenting import comment
from positions.conflicts import exclude
from positions.drafting import make_version
from positions.endorsing import endorse, file_opinion
from positions.models import (
    Attachment,
    Comment,
    ConsultationFile,
    Document,
    Endorsement,
    Law,
    LawProfile,
    LetterTemplate,
    MinorityOpinion,
    Promise,
    RecordFile,
    TextImport,
    Topic,
)
from positions.proposing import support
from sections.models import Goal
from tests.cast import make_person
from tests.portal.permissions import ROLES, as_text, observe, patterns, read
from tests.portal.table_of_interfaces import INTERFACES, addresses_of_interfaces
from tests.portal.table_of_meetings import MEETINGS, addresses_of_meetings, rows_of_meetings
from tests.portal.table_of_search import SEARCH, addresses_of_search

DOORS = """
                                      visitor  stranger foreign  library  author   coord    board    secr     staff    admin
healthz                               ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
readyz                                ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
sitemap                               ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
sitemap_part                          ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
robots                                ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
favicon                               go/405   go/405   go/405   go/405   go/405   go/405   go/405   go/405   go/405   go/405
home                                  ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
account_login                         ok/ok    go/go    go/go    go/go    go/go    go/go    go/go    go/go    go/go    go/go
account_logout                        405/go   405/go   405/go   405/go   405/go   405/go   405/go   405/go   405/go   405/go
account_language                      in/in    405/400  405/400  405/400  405/400  405/400  405/400  405/400  405/400  405/400
account_reauthenticate                in/in    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok
account_change_password               in/in    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok
account_reset_password                ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok
account_reset_password_done           ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
account_reset_password_from_key_done  ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
account_reset_password_from_key       ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok
mfa_index                             in/in    ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
mfa_authenticate                      in/in    go/go    go/go    go/go    go/go    go/go    go/go    go/go    go/go    go/go
mfa_reauthenticate                    in/in    go/go    go/go    go/go    go/go    go/go    ok/ok    ok/ok    ok/ok    ok/ok
mfa_activate_totp                     in/in    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    go/go    go/go    go/go    go/go
mfa_deactivate_totp                   in/in    404/404  404/404  404/404  404/404  404/404  ok/ok    ok/ok    ok/ok    ok/ok
mfa_view_recovery_codes               in/in    404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405
mfa_generate_recovery_codes           in/in    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/go    ok/go    ok/go    ok/go
mfa_download_recovery_codes           in/in    404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404
calendar                              404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405
calendars                             in/in    ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
make_calendar                         in/in    405/go   405/go   405/go   405/go   405/go   405/go   405/go   405/go   405/go
revoke_calendar                       in/in    405/go   405/go   405/go   405/go   405/go   405/go   405/go   405/go   405/go
own_data                              in/in    ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
make_own_data                         in/in    405/go   405/go   405/go   405/go   405/go   405/go   405/go   405/go   405/go
own_data_file                         404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405
invitation                            404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404
notices                               in/in    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok
follow                                in/in    405/404  405/404  405/404  405/404  405/404  405/404  405/404  405/404  405/404
unfollow                              in/in    405/404  405/404  405/404  405/404  405/404  405/404  405/404  405/404  405/404
leave                                 ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok
design                                ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok
accessibility                         ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
help                                  ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
glossary                              ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
guide_visitor                         ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
guide_library                         ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
guide_section                         ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
guide_board                           ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
guide_staff                           ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
report_barrier                        ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok
show_hints                            in/in    405/go   405/go   405/go   405/go   405/go   405/go   405/go   405/go   405/go
put_away_hint                         in/in    405/go   405/go   405/go   405/go   405/go   405/go   405/go   405/go   405/go
"""  # noqa: E501 - a table

ROOMS = """
                         visitor  stranger foreign  library  author   coord    board    secr     staff    admin
members:directory        ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
members:directory_csv    ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
members:directory_xlsx   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
members:directory_vcf    ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
members:directory_geojson ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
members:library_vcf      ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
members:library          ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
members:report           ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok
members:edit             in/in    403/403  403/403  ok/ok    403/403  403/403  403/403  403/403  403/403  403/403
members:withdraw_change  in/in    405/403  405/403  405/go   405/403  405/403  405/403  405/403  405/403  405/403
members:apply            ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok
members:applied          ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
sections:list            ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
sections:section         ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:register       ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:positions_feed   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:section_feed     ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:resolutions_feed ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:outcomes_feed    ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:register_csv   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:accountability  ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:participation  ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:authority      ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:open_data      go/405   go/405   go/405   go/405   go/405   go/405   go/405   go/405   go/405   go/405
positions:data_file      ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:board_queue    in/in    403/405  403/405  403/405  403/405  403/405  ok/405   ok/405   ok/405   ok/405
positions:resolutions    ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:resolutions_csv ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:start          in/in    403/403  ok/ok    ok/ok    ok/ok    ok/ok    403/403  403/403  403/403  403/403
positions:lookup         in/in    ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:bring_new      in/in    403/403  ok/ok    ok/ok    ok/ok    ok/ok    403/403  403/403  403/403  403/403
"""  # noqa: E501 - a table

POSITIONS = """
                                        visitor  stranger foreign  library  author   coord    board    secr     staff    admin
positions:position @ draft              404/405  404/405  404/405  404/405  ok/405   ok/405   404/405  404/405  ok/405   ok/405
positions:version @ draft               in/in    404/405  404/405  404/405  ok/405   ok/405   404/405  404/405  ok/405   ok/405
positions:compare @ draft               in/in    404/405  404/405  404/405  ok/405   ok/405   404/405  404/405  ok/405   ok/405
positions:edit @ draft                  in/in    404/404  404/404  404/404  ok/ok    ok/ok    404/404  404/404  403/403  403/403
positions:here @ draft                  in/in    405/404  405/404  405/404  405/ok   405/ok   405/404  405/404  405/403  405/403
positions:restore @ draft               in/in    405/404  405/404  405/404  405/go   405/go   405/404  405/404  405/403  405/403
positions:authors @ draft               in/in    404/404  404/404  404/404  ok/ok    ok/ok    404/404  404/404  403/403  403/403
positions:earlier @ draft               in/in    404/405  404/405  404/405  ok/405   ok/405   404/405  404/405  403/405  403/405
positions:schedule @ draft              in/in    404/404  404/404  404/404  ok/403   ok/go    404/404  404/404  ok/403   ok/403
positions:comment @ draft               in/in    404/404  404/404  404/404  ok/ok    ok/ok    404/404  404/404  403/403  403/403
positions:reply @ draft                 in/in    404/404  404/404  404/404  ok/ok    ok/ok    404/404  404/404  403/403  403/403
positions:resolve @ draft               in/in    404/404  404/404  404/404  ok/ok    ok/ok    404/404  404/404  403/403  403/403
positions:reopen @ draft                in/in    404/404  404/404  404/404  409/409  409/409  404/404  404/404  403/403  403/403
positions:outcomes @ draft              in/in    404/404  404/404  404/404  403/403  409/409  404/404  404/404  403/403  403/403
positions:translations @ draft          in/in    404/405  404/405  404/405  403/405  ok/405   404/405  404/405  ok/405   ok/405
positions:translation @ draft           in/in    404/404  404/404  404/404  403/403  ok/ok    404/404  404/404  ok/ok    ok/ok
positions:confirm_translation @ draft   in/in    405/404  405/404  405/404  405/403  405/409  405/404  405/404  405/409  405/409
positions:translations @ answered       in/in    403/405  403/405  403/405  403/405  ok/405   403/405  403/405  ok/405   ok/405
positions:translation @ answered        in/in    403/403  403/403  403/403  403/403  ok/ok    403/403  403/403  ok/ok    ok/ok
positions:move withdraw @ draft         in/in    404/404  404/404  404/404  ok/ok    ok/ok    404/404  404/404  403/403  403/403
positions:move return @ draft           in/in    404/404  404/404  404/404  403/403  403/403  404/404  404/404  403/403  403/403
positions:move nonsense @ draft         in/in    404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404
positions:position @ consultation       404/405  404/405  404/405  ok/405   ok/405   ok/405   404/405  404/405  ok/405   ok/405
positions:version @ consultation        in/in    404/405  404/405  ok/405   ok/405   ok/405   404/405  404/405  ok/405   ok/405
positions:compare @ consultation        in/in    404/405  404/405  ok/405   ok/405   ok/405   404/405  404/405  ok/405   ok/405
positions:edit @ consultation           in/in    404/404  404/404  403/403  409/409  409/409  404/404  404/404  403/403  403/403
positions:here @ consultation           in/in    405/404  405/404  405/403  405/409  405/409  405/404  405/404  405/403  405/403
positions:restore @ consultation        in/in    405/404  405/404  405/403  405/409  405/409  405/404  405/404  405/403  405/403
positions:authors @ consultation        in/in    404/404  404/404  403/403  409/409  409/409  404/404  404/404  403/403  403/403
positions:earlier @ consultation        in/in    404/405  404/405  403/405  ok/405   ok/405   404/405  404/405  403/405  403/405
positions:schedule @ consultation       in/in    404/404  404/404  ok/403   ok/403   ok/go    404/404  404/404  ok/403   ok/403
positions:comment @ consultation        in/in    404/404  404/404  ok/ok    ok/ok    ok/ok    404/404  404/404  403/403  403/403
positions:reply @ consultation          in/in    404/404  404/404  ok/ok    ok/ok    ok/ok    404/404  404/404  403/403  403/403
positions:resolve @ consultation        in/in    404/404  404/404  403/403  ok/ok    ok/ok    404/404  404/404  403/403  403/403
positions:reopen @ consultation         in/in    404/404  404/404  403/403  409/409  409/409  404/404  404/404  403/403  403/403
positions:outcomes @ consultation       in/in    404/404  404/404  403/403  403/403  409/409  404/404  404/404  403/403  403/403
positions:move withdraw @ consultation  in/in    404/404  404/404  403/403  403/403  ok/ok    404/404  404/404  403/403  403/403
positions:move return @ consultation    in/in    404/404  404/404  403/403  403/403  403/403  404/404  404/404  403/403  403/403
positions:position @ forwarded          404/405  404/405  404/405  ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:version @ forwarded           in/in    404/405  404/405  ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:compare @ forwarded           in/in    404/405  404/405  ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:edit @ forwarded              in/in    404/404  404/404  403/403  409/409  409/409  403/403  403/403  403/403  403/403
positions:restore @ forwarded           in/in    405/404  405/404  405/403  405/409  405/409  405/403  405/403  405/403  405/403
positions:authors @ forwarded           in/in    404/404  404/404  403/403  409/409  409/409  403/403  403/403  403/403  403/403
positions:earlier @ forwarded           in/in    404/405  404/405  403/405  ok/405   ok/405   403/405  403/405  403/405  403/405
positions:schedule @ forwarded          in/in    404/404  404/404  ok/403   ok/403   ok/go    ok/403   ok/403   ok/403   ok/403
positions:comment @ forwarded           in/in    404/404  404/404  409/409  409/409  409/409  403/403  403/403  403/403  403/403
positions:reply @ forwarded             in/in    404/404  404/404  409/409  409/409  409/409  403/403  403/403  403/403  403/403
positions:resolve @ forwarded           in/in    404/404  404/404  403/403  409/409  409/409  403/403  403/403  403/403  403/403
positions:reopen @ forwarded            in/in    404/404  404/404  403/403  409/409  409/409  403/403  403/403  403/403  403/403
positions:outcomes @ forwarded          in/in    404/404  404/404  403/403  403/403  409/409  403/403  403/403  403/403  403/403
positions:move withdraw @ forwarded     in/in    404/404  404/404  403/403  403/403  ok/ok    403/403  403/403  403/403  403/403
positions:move return @ forwarded       in/in    404/404  404/404  403/403  403/403  403/403  403/403  ok/ok    403/403  403/403
positions:position @ answered           ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:version @ answered            in/in    404/405  404/405  ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:compare @ answered            in/in    404/405  404/405  ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:edit @ answered               in/in    403/403  403/403  403/403  409/409  409/409  403/403  403/403  403/403  403/403
positions:restore @ answered            in/in    405/403  405/403  405/403  405/409  405/409  405/403  405/403  405/403  405/403
positions:authors @ answered            in/in    403/403  403/403  403/403  409/409  409/409  403/403  403/403  403/403  403/403
positions:earlier @ answered            in/in    403/405  403/405  403/405  ok/405   ok/405   403/405  403/405  403/405  403/405
positions:schedule @ answered           in/in    403/403  403/403  ok/403   ok/403   ok/409   ok/403   ok/403   ok/403   ok/403
positions:comment @ answered            in/in    403/403  403/403  409/409  409/409  409/409  403/403  403/403  403/403  403/403
positions:reply @ answered              in/in    404/404  404/404  409/409  409/409  409/409  403/403  403/403  403/403  403/403
positions:resolve @ answered            in/in    404/404  404/404  403/403  409/409  409/409  403/403  403/403  403/403  403/403
positions:reopen @ answered             in/in    404/404  404/404  403/403  409/409  409/409  403/403  403/403  403/403  403/403
positions:outcomes @ answered           in/in    403/403  403/403  403/403  403/403  ok/ok    403/403  403/403  403/403  403/403
positions:move withdraw @ answered      in/in    403/403  403/403  403/403  403/403  409/409  403/403  403/403  403/403  403/403
positions:move return @ answered        in/in    403/403  403/403  403/403  403/403  403/403  403/403  409/409  403/403  403/403
positions:move nonsense @ answered      in/in    404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404
positions:vote @ section_vote           in/in    404/404  404/404  ok/ok    ok/ok    403/403  404/404  404/404  403/403  403/403
positions:vote @ board_review           in/in    404/404  404/404  403/403  403/403  403/403  ok/ok    403/403  403/403  403/403
positions:conflict @ board_review       in/in    404/404  404/404  403/403  403/403  403/403  ok/go    ok/ok    403/403  403/403
positions:lift_exclusion @ board_review  in/in   404/404  404/404  403/403  403/403  403/403  403/403  ok/ok    403/403  403/403
positions:conflict @ accepted           in/in    404/404  404/404  403/403  403/403  403/403  409/409  409/409  403/403  403/403
positions:bring_to @ draft                  in/in    404/404  404/404  404/404  ok/ok    ok/ok    404/404  404/404  403/403  403/403
positions:bring_to @ consultation           in/in    404/404  404/404  403/403  409/409  409/409  404/404  404/404  403/403  403/403
positions:bring_to @ forwarded              in/in    404/404  404/404  403/403  409/409  409/409  403/403  403/403  403/403  403/403
positions:bring_to @ answered               in/in    403/403  403/403  403/403  409/409  409/409  403/403  403/403  403/403  403/403
positions:brought @ draft                   in/in    404/405  404/405  404/405  ok/405   404/405  404/405  404/405  404/405  404/405
positions:brought @ consultation            in/in    404/405  404/405  404/405  ok/405   404/405  404/405  404/405  404/405  404/405
positions:brought @ forwarded               in/in    404/405  404/405  404/405  ok/405   404/405  404/405  404/405  404/405  404/405
positions:brought @ answered                in/in    404/405  404/405  404/405  ok/405   404/405  404/405  404/405  404/405  404/405
positions:attachments @ draft           in/in    404/404  404/404  404/404  ok/ok    ok/ok    404/404  404/404  ok/403   ok/403
positions:attachment @ draft            in/in    404/405  404/405  404/405  ok/405   ok/405   404/405  404/405  ok/405   ok/405
positions:take_away @ draft             in/in    405/404  405/404  405/404  405/go   405/go   405/404  405/404  405/403  405/403
positions:put_back @ draft              in/in    405/404  405/404  405/404  405/go   405/go   405/404  405/404  405/403  405/403
positions:attachments @ consultation    in/in    404/404  404/404  ok/403   ok/409   ok/ok    404/404  404/404  ok/403   ok/403
positions:attachment @ consultation     in/in    404/405  404/405  ok/405   ok/405   ok/405   404/405  404/405  ok/405   ok/405
positions:take_away @ consultation      in/in    405/404  405/404  405/403  405/409  405/409  405/404  405/404  405/403  405/403
positions:put_back @ consultation       in/in    405/404  405/404  405/403  405/409  405/409  405/404  405/404  405/403  405/403
positions:attachments @ forwarded       in/in    404/404  404/404  ok/403   ok/409   ok/ok    ok/403   ok/403   ok/403   ok/403
positions:attachment @ forwarded        in/in    404/405  404/405  ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:take_away @ forwarded         in/in    405/404  405/404  405/403  405/409  405/409  405/403  405/403  405/403  405/403
positions:put_back @ forwarded          in/in    405/404  405/404  405/403  405/409  405/409  405/403  405/403  405/403  405/403
positions:attachments @ answered        in/in    404/404  404/404  ok/403   ok/409   ok/409   ok/403   ok/403   ok/403   ok/403
positions:attachment @ answered         in/in    404/405  404/405  ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:take_away @ answered          in/in    405/404  405/404  405/403  405/409  405/409  405/403  405/403  405/403  405/403
positions:put_back @ answered           in/in    405/404  405/404  405/403  405/409  405/409  405/403  405/403  405/403  405/403
positions:endorsements @ draft              404/405  404/405  404/405  404/405  ok/405   ok/405   404/405  404/405  ok/405   ok/405
positions:endorsements @ consultation       404/405  404/405  404/405  ok/405   ok/405   ok/405   404/405  404/405  ok/405   ok/405
positions:endorsements @ forwarded          404/405  404/405  404/405  ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:endorsements @ answered           ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:endorse @ consultation            in/in    405/404  405/404  405/403  405/403  405/403  405/404  405/404  405/403  405/403
positions:endorse @ answered                in/in    405/403  405/403  405/403  405/403  405/403  405/403  405/403  405/403  405/403
positions:file_opinion @ forwarded          in/in    405/404  405/404  405/403  405/403  405/403  405/403  405/403  405/403  405/403
positions:withdraw_endorsement @ forwarded  in/in    405/404  405/404  405/go   405/403  405/403  405/403  405/403  405/403  405/403
positions:withdraw_endorsement @ answered   in/in    405/403  405/403  405/409  405/403  405/403  405/403  405/403  405/403  405/403
positions:withdraw_opinion @ forwarded      in/in    405/404  405/404  405/go   405/403  405/403  405/403  405/403  405/403  405/403
"""  # noqa: E501 - a table

AMENDMENTS = """
                                                     visitor  stranger foreign  library  author   coord    board    secr     staff    admin
positions:amendments @ draft                         in/in    404/405  404/405  404/405  ok/405   ok/405   404/405  404/405  ok/405   ok/405
positions:propose_amendment @ draft                  in/in    404/404  404/404  404/404  403/403  403/403  404/404  404/404  403/403  403/403
positions:amendments @ consultation                  in/in    404/405  404/405  ok/405   ok/405   ok/405   404/405  404/405  ok/405   ok/405
positions:propose_amendment @ consultation           in/in    404/404  404/404  ok/ok    ok/ok    403/403  404/404  404/404  403/403  403/403
positions:amendments @ consolidation                 in/in    404/405  404/405  ok/405   ok/405   ok/405   404/405  404/405  ok/405   ok/405
positions:propose_amendment @ consolidation          in/in    404/404  404/404  ok/ok    ok/ok    403/403  404/404  404/404  403/403  403/403
positions:amendments @ section_vote                  in/in    404/405  404/405  ok/405   ok/405   ok/405   404/405  404/405  ok/405   ok/405
positions:propose_amendment @ section_vote           in/in    404/404  404/404  409/409  409/409  403/403  404/404  404/404  403/403  403/403
positions:amendment @ consultation                   in/in    404/405  404/405  ok/405   ok/405   ok/405   404/405  404/405  ok/405   ok/405
positions:support_amendment @ consultation           in/in    405/404  405/404  405/403  405/403  405/403  405/404  405/404  405/403  405/403
positions:amendment_step accept @ consultation       in/in    404/404  404/404  403/403  403/403  409/409  404/404  404/404  403/403  403/403
positions:amendment_step withdraw @ consultation     in/in    404/404  404/404  ok/ok    403/403  403/403  404/404  404/404  403/403  403/403
positions:amendment_step reconsider @ consultation   in/in    404/404  404/404  403/403  403/403  409/409  404/404  404/404  403/403  403/403
positions:amendment_step adopt @ consultation        in/in    404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404
positions:amendment_step nonsense @ consultation     in/in    404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404
positions:amendment @ consolidation                  in/in    404/405  404/405  ok/405   ok/405   ok/405   404/405  404/405  ok/405   ok/405
positions:support_amendment @ consolidation          in/in    405/404  405/404  405/403  405/403  405/403  405/404  405/404  405/403  405/403
positions:amendment_step accept @ consolidation      in/in    404/404  404/404  403/403  403/403  ok/ok    404/404  404/404  403/403  403/403
positions:amendment_step withdraw @ consolidation    in/in    404/404  404/404  ok/ok    403/403  403/403  404/404  404/404  403/403  403/403
positions:amendment_step reconsider @ consolidation  in/in    404/404  404/404  403/403  403/403  409/409  404/404  404/404  403/403  403/403
positions:amendment_step adopt @ consolidation       in/in    404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404
positions:amendment_step nonsense @ consolidation    in/in    404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404
"""  # noqa: E501 - a table

DOCUMENTS = """
                                        visitor  stranger foreign  library  author   coord    board    secr     staff    admin
positions:documents @ draft             404/404  404/404  404/404  404/404  ok/ok    ok/ok    404/404  404/404  ok/ok    ok/ok
positions:document public @ draft       404/405  404/405  404/405  404/405  ok/405   ok/405   404/405  404/405  ok/405   ok/405
positions:document inside @ draft       404/405  404/405  404/405  404/405  ok/405   ok/405   404/405  404/405  ok/405   ok/405
positions:redline @ draft               in/in    405/404  405/404  405/404  405/ok   405/ok   405/404  405/404  405/ok   405/ok
positions:documents @ forwarded         404/404  404/404  404/404  ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok
positions:document public @ forwarded   404/405  404/405  404/405  ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:document inside @ forwarded   404/405  404/405  404/405  ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:redline @ forwarded           in/in    405/404  405/404  405/ok   405/ok   405/ok   405/ok   405/ok   405/ok   405/ok
positions:documents @ answered          ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok
positions:document public @ answered    ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:document inside @ answered    404/405  404/405  404/405  ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:redline @ answered            in/in    405/404  405/404  405/ok   405/ok   405/ok   405/ok   405/ok   405/ok   405/ok
"""  # noqa: E501 - a table

CORRESPONDENCE = """
                                            visitor  stranger foreign  library  author   coord    board    secr     staff    admin
positions:correspondence @ draft            in/in    404/405  404/405  404/405  ok/405   ok/405   404/405  404/405  ok/405   ok/405
positions:log_message @ draft               in/in    404/404  404/404  404/404  403/403  403/403  404/404  404/404  403/403  403/403
positions:correspondence @ accepted         in/in    404/405  404/405  ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:add_proof @ accepted              in/in    404/404  404/404  403/403  403/403  403/403  403/403  403/403  403/403  403/403
positions:log_message @ accepted            in/in    404/404  404/404  403/403  403/403  403/403  403/403  403/403  403/403  403/403
positions:write_letter request @ accepted   in/in    404/404  404/404  403/403  403/403  403/403  403/403  403/403  403/403  403/403
positions:promise @ accepted                in/in    404/404  404/404  403/403  403/403  403/403  403/403  403/403  403/403  403/403
positions:package @ accepted                in/in    404/405  404/405  ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:package_file @ accepted           in/in    404/405  404/405  ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:correspondence @ answered         in/in    404/405  404/405  ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:log_message @ answered            in/in    404/404  404/404  403/403  403/403  ok/ok    403/403  403/403  403/403  403/403
positions:add_proof @ answered              in/in    404/404  404/404  403/403  403/403  ok/ok    403/403  403/403  403/403  403/403
positions:write_letter request @ answered   in/in    404/404  404/404  403/403  403/403  ok/ok    403/403  403/403  403/403  403/403
positions:write_letter reminder @ answered  in/in    404/404  404/404  403/403  403/403  ok/ok    403/403  403/403  403/403  403/403
positions:write_letter cover @ answered     in/in    404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404
positions:correct_message @ answered        in/in    404/404  404/404  403/403  403/403  ok/ok    403/403  403/403  403/403  403/403
positions:settle_message @ answered         in/in    405/404  405/404  405/403  405/403  405/go   405/403  405/403  405/403  405/403
positions:publish_answer @ answered         in/in    404/404  404/404  403/403  403/403  ok/ok    403/403  403/403  403/403  403/403
positions:withdraw_answer @ answered        in/in    405/404  405/404  405/403  405/403  405/go   405/403  405/403  405/403  405/403
positions:promise @ answered                in/in    404/404  404/404  403/403  403/403  ok/ok    403/403  403/403  403/403  403/403
positions:judge_promise @ answered          in/in    404/404  404/404  403/403  403/403  ok/ok    403/403  403/403  403/403  403/403
positions:record_file @ answered            in/in    404/405  404/405  ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:package @ answered                in/in    404/405  404/405  ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:package_file @ answered           in/in    404/405  404/405  ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
"""  # noqa: E501 - a table

# In the back office the answers are for staff and superuser alike; nobody else gets past the door.
OFFICE = """
                       changelist add      change   history  delete
position               ok/ok    403/403  ok/403   ok/ok    403/403
version                ok/ok    403/403  ok/403   ok/ok    403/403
attachment             ok/ok    403/403  ok/403   ok/ok    403/403
consultationfile       ok/ok    403/403  ok/403   ok/ok    403/403
textimport             ok/ok    403/403  ok/403   ok/ok    403/403
document               ok/ok    403/403  ok/403   ok/ok    403/403
comment                ok/ok    403/403  ok/403   ok/ok    403/403
amendment              ok/ok    403/403  ok/403   ok/ok    403/403
support                ok/ok    403/403  ok/403   ok/ok    403/403
endorsement            ok/ok    403/403  ok/403   ok/ok    403/403
minorityopinion        ok/ok    403/403  ok/403   ok/ok    403/403
ballot                 ok/ok    403/403  ok/403   ok/ok    403/403
elector                ok/ok    403/403  ok/403   ok/ok    403/403
vote                   ok/ok    403/403  ok/403   ok/ok    403/403
boarddecision          ok/ok    403/403  ok/403   ok/ok    403/403
meeting                ok/ok    403/403  ok/403   ok/ok    403/403
agendaitem             ok/ok    403/403  ok/403   ok/ok    403/403
attendance             ok/ok    403/403  ok/403   ok/ok    403/403
authentication         ok/ok    403/403  ok/403   ok/ok    403/403
resolutionlink         ok/ok    403/403  ok/403   ok/ok    403/403
boardpaper             ok/ok    403/403  ok/403   ok/ok    403/403
exclusion              ok/ok    403/403  ok/403   ok/ok    403/403
submission             ok/ok    403/403  ok/403   ok/ok    403/403
message                ok/ok    403/403  ok/403   ok/ok    403/403
lettertemplate         ok/ok    ok/ok    ok/ok    ok/ok    403/403
package                ok/ok    403/403  ok/403   ok/ok    403/403
recordfile             ok/ok    403/403  ok/403   ok/ok    403/403
promise                ok/ok    403/403  ok/403   ok/ok    403/403
pointoutcome           ok/ok    403/403  ok/403   ok/ok    403/403
consultation           ok/ok    ok/ok    ok/403   ok/ok    403/403
assignment             ok/ok    403/403  ok/403   ok/ok    403/403
lawprofile             ok/ok    ok/ok    ok/ok    ok/ok    403/403
topic                  ok/ok    ok/ok    ok/ok    ok/ok    403/403
positiontranslation    ok/ok    403/403  ok/403   ok/ok    403/403
law                    ok/ok    403/403  ok/403   ok/ok    403/403
county                 ok/ok    403/403  ok/ok    ok/ok    403/403
membership             ok/ok    ok/ok    ok/ok    ok/ok    403/403
authority              ok/ok    ok/ok    ok/ok    ok/ok    403/403
mandate                ok/ok    ok/ok    ok/ok    ok/ok    403/403
calendaraddress        ok/ok    403/403  ok/403   ok/ok    403/403
dataexport             ok/ok    403/403  ok/403   ok/ok    403/403
erasure                ok/ok    403/403  ok/403   ok/ok    403/403
invitation             ok/ok    403/403  ok/403   ok/ok    403/403
section                ok/ok    ok/ok    ok/ok    ok/ok    403/403
goal                   ok/ok    ok/ok    ok/ok    ok/ok    403/403
sectionmembership      ok/ok    ok/ok    ok/ok    ok/ok    403/403
office                 ok/ok    ok/ok    ok/ok    ok/ok    403/403
library                ok/ok    ok/ok    ok/ok    ok/ok    403/403
person                 ok/ok    ok/ok    ok/ok    ok/ok    403/403
membershipapplication  ok/ok    403/403  ok/403   ok/ok    403/403
profilechange          ok/ok    403/403  ok/403   ok/ok    403/403
mistakereport          ok/ok    403/403  ok/403   ok/ok    403/403
barrierreport          ok/ok    403/403  ok/403   ok/ok    403/403
specialday             ok/ok    ok/ok    ok/ok    ok/ok    403/403
recess                 ok/ok    ok/ok    ok/ok    ok/ok    403/403
auditentry             ok/ok    403/403  ok/403   ok/ok    403/403
mail                   ok/ok    403/403  ok/403   ok/ok    403/403
noticechoice           ok/ok    403/403  ok/403   ok/ok    403/403
counter                ok/ok    403/403  ok/403   ok/ok    403/403
bucket                 ok/ok    403/403  ok/403   ok/ok    ok/ok
logentry               ok/ok    403/403  ok/403   ok/ok    403/403
"""

OFFICE_DOORS = """
                    visitor  stranger foreign  library  author   coord    board    secr     staff    admin
admin:index         go/go    403/403  403/403  403/403  403/403  403/403  403/403  403/403  ok/ok    ok/ok
admin:login         in/in    403/403  403/403  403/403  403/403  403/403  403/403  403/403  go/go    go/go
admin:autocomplete  go/go    403/403  403/403  403/403  403/403  403/403  403/403  403/403  403/405  403/405
admin:jsi18n        go/go    403/403  403/403  403/403  403/403  403/403  403/403  403/403  ok/405   ok/405
admin:view_on_site  go/go    403/403  403/403  403/403  403/403  403/403  403/403  403/403  404/404  404/404
admin:app_list      go/go    403/403  403/403  403/403  403/403  403/403  403/403  403/403  ok/ok    ok/ok
admin:translations         in/in    403/403  403/403  403/403  403/403  403/403  403/403  403/403  ok/ok    ok/ok
admin:confirm_translation  in/in    403/403  403/403  403/403  403/403  403/403  403/403  403/403  405/404  405/404
"""  # noqa: E501 - a table

OFFICE_ACTS = """
                                  secr     staff    admin
position move                     403/403  403/403  403/403
lawprofile simple_history         403/403  ok/403   ok/403
lettertemplate simple_history     403/403  ok/403   ok/403
specialday simple_history         403/403  ok/403   ok/403
recess simple_history             403/403  ok/403   ok/403
topic merge                       403/403  405/go   405/go
topic simple_history              403/403  ok/403   ok/403
membership simple_history         403/403  ok/403   ok/403
authority simple_history          403/403  ok/403   ok/403
mandate simple_history            403/403  ok/403   ok/403
section simple_history            403/403  ok/403   ok/403
sectionmembership simple_history  403/403  ok/403   ok/403
office simple_history             403/403  ok/403   ok/403
library simple_history            403/403  ok/403   ok/403
person invite                     403/403  405/go   405/go
person second_factor              403/403  405/go   405/go
person erase                      403/403  405/go   405/go
erasure move                      403/403  ok/ok    ok/ok
person simple_history             403/403  ok/403   ok/403
membershipapplication move        403/403  ok/ok    ok/ok
profilechange move                403/403  ok/ok    ok/ok
mistakereport move                403/403  ok/ok    ok/ok
barrierreport move                403/403  ok/ok    ok/ok
consultation move                 403/403  ok/ok    ok/ok
"""

OFFICE_VIEWS = ("changelist", "add", "change", "history", "delete")
ACTS = {
    "membershipapplication": "approve",
    "profilechange": "approve",
    "mistakereport": "settle",
    "barrierreport": "answer",
    "erasure": "refuse",
    "consultation": "assign",
}


CONSULTATIONS = """
                                                               visitor  stranger foreign  library  author   coord    board    secr     staff    admin
positions:consultations                                        ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:consultations_calendar                               ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:consultation @ received public                       ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:consultation @ received members                      404/405  404/405  ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:consultation @ received sections                     404/405  404/405  404/405  404/405  404/405  404/405  ok/405   ok/405   ok/405   ok/405
positions:consultation @ assigned sections                     404/405  404/405  404/405  ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:consultation_step assign @ received public           in/in    403/403  403/403  403/403  403/403  403/403  403/403  403/403  ok/ok    ok/ok
positions:consultation_step assign @ received members          in/in    404/404  403/403  403/403  403/403  403/403  403/403  403/403  ok/ok    ok/ok
positions:consultation_step assign @ received sections         in/in    404/404  404/404  404/404  404/404  404/404  403/403  403/403  ok/ok    ok/ok
positions:consultation_step let_go @ received members          in/in    404/404  403/403  403/403  403/403  403/403  403/403  403/403  ok/ok    ok/ok
positions:consultation_step pass @ received members            in/in    404/404  403/403  403/403  403/403  403/403  403/403  403/403  403/403  403/403
positions:consultation_step pass @ assigned public             in/in    403/403  403/403  403/403  403/403  ok/ok    403/403  403/403  403/403  403/403
positions:consultation_step pass @ assigned members            in/in    404/404  403/403  403/403  403/403  ok/ok    403/403  403/403  403/403  403/403
positions:consultation_step pass @ assigned sections           in/in    404/404  404/404  403/403  403/403  ok/ok    403/403  403/403  403/403  403/403
positions:consultation_step take_up @ assigned members         in/in    404/404  403/403  403/403  403/403  403/403  403/403  403/403  403/403  403/403
positions:consultation_step take_up @ let_go members           in/in    404/404  403/403  403/403  403/403  ok/ok    403/403  403/403  403/403  403/403
positions:consultation_step take_up @ let_go sections          in/in    404/404  404/404  403/403  403/403  ok/ok    403/403  403/403  403/403  403/403
positions:consultation_step assign @ let_go members            in/in    404/404  403/403  403/403  403/403  403/403  403/403  403/403  ok/ok    ok/ok
positions:consultation_step change_due @ assigned members      in/in    404/404  403/403  403/403  403/403  403/403  403/403  403/403  ok/ok    ok/ok
positions:consultation_step take_back @ assigned members       in/in    404/404  403/403  403/403  403/403  403/403  403/403  403/403  ok/ok    ok/ok
positions:consultation_step record_summary @ assigned members  in/in    404/404  403/403  403/403  403/403  403/403  403/403  403/403  ok/ok    ok/ok
positions:consultation_step correct @ assigned members         in/in    404/404  403/403  403/403  403/403  403/403  403/403  403/403  ok/ok    ok/ok
positions:consultation_step close @ assigned members           in/in    404/404  403/403  403/403  403/403  403/403  403/403  403/403  ok/ok    ok/ok
positions:consultation_step answer @ assigned members          in/in    404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404
positions:consultation_step nonsense @ assigned members        in/in    404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404
positions:consultation_step assign @ closed members            in/in    404/404  403/403  403/403  403/403  403/403  403/403  403/403  409/409  409/409
positions:consultation_step pass @ closed members              in/in    404/404  403/403  403/403  403/403  403/403  403/403  403/403  403/403  403/403
positions:consultation_step record_summary @ closed members    in/in    404/404  403/403  403/403  403/403  403/403  403/403  403/403  ok/ok    ok/ok
positions:consultation_attachments @ received public           in/in    403/403  403/403  403/403  403/403  403/403  403/403  403/403  ok/ok    ok/ok
positions:consultation_attachments @ received members          in/in    404/404  403/403  403/403  403/403  403/403  403/403  403/403  ok/ok    ok/ok
positions:consultation_attachments @ assigned sections         in/in    404/404  404/404  403/403  403/403  403/403  403/403  403/403  ok/ok    ok/ok
positions:consultation_attachments @ closed members            in/in    404/404  403/403  403/403  403/403  403/403  403/403  403/403  ok/409   ok/409
positions:consultation_attachment @ received public            ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:consultation_attachment @ received members           404/405  404/405  ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:consultation_attachment @ received sections          404/405  404/405  404/405  404/405  404/405  404/405  ok/405   ok/405   ok/405   ok/405
positions:consultation_attachment @ assigned sections          404/405  404/405  404/405  ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:consultation_attachment @ closed members             404/405  404/405  ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:consultation_take_away @ received public             in/in    405/403  405/403  405/403  405/403  405/403  405/403  405/403  405/go   405/go
positions:consultation_take_away @ assigned sections           in/in    405/404  405/404  405/403  405/403  405/403  405/403  405/403  405/go   405/go
positions:consultation_take_away @ closed members              in/in    405/404  405/403  405/403  405/403  405/403  405/403  405/403  405/409  405/409
positions:consultation_put_back @ received public              in/in    405/403  405/403  405/403  405/403  405/403  405/403  405/403  405/go   405/go
positions:consultation_put_back @ assigned sections            in/in    405/404  405/404  405/403  405/403  405/403  405/403  405/403  405/go   405/go
positions:consultation_put_back @ closed members               in/in    405/404  405/403  405/403  405/403  405/403  405/403  405/403  405/409  405/409
"""  # noqa: E501 - a table


OF_A_CONSULTATION_FILE = {
    "positions:consultation_attachment",
    "positions:consultation_take_away",
    "positions:consultation_put_back",
}


def addresses_of_consultations(ask):
    """A row names its pattern, perhaps a step, the state, and who may know of the consultation,
    which is assigned to the section of the coordinator where it is with sections."""
    coming, things, addresses = ask("coming"), {}, {}
    for row in read(CONSULTATIONS):
        front, _at, rest = row.partition(" @ ")
        name, *step = front.split()
        kwargs = {}
        if rest:
            if rest not in things:
                state, confidentiality = rest.split()
                things[rest] = coming.to(state, confidentiality=confidentiality)
            kwargs["pk"] = things[rest].pk
        if name in OF_A_CONSULTATION_FILE:
            kwargs["file"] = file_with(things[rest], ask("staff")).pk
        if step:
            kwargs["action"] = step[0]
        addresses[row] = reverse(name, kwargs=kwargs)
    return addresses


def file_with(thing, person):
    """One that came with the consultation before anything is asked for."""
    return thing.attachments.first() or ConsultationFile.objects.create(
        consultation=thing,
        file=ContentFile(b"%PDF-1.7", name="a.pdf"),
        name="a.pdf",
        media_type="application/pdf",
        size=8,
        sha256=sha256(b"%PDF-1.7").hexdigest(),
        uploaded_by=person,
    )


def addresses_of_doors(ask):
    args = {
        "account_reset_password_from_key": {"uidb36": "a", "key": "b-c"},
        "calendar": {"token": "x" * 43},
        "invitation": {"token": "x" * 43},
        "own_data_file": {"pk": 1},
        "sitemap_part": {"section": "libraries"},
        "put_away_hint": {"name": "waiting"},
        "leave": {"token": leaving.path(ask("stranger"), Group.FOLLOWED).split("/")[-2]},
    }
    return {name: reverse(name, kwargs=args.get(name)) for name in read(DOORS)}


def addresses_of_rooms(ask):
    slug, section = {"slug": ask("library").slug}, {"slug": ask("section").slug}
    change = propose(ask)
    ask("way").to(State.SUBMITTED)
    recounting.recount()
    publishing.make_if_changed()
    args = {
        "positions:authority": {"pk": ask("authority").pk},
        "positions:data_file": {"name": "figures.csv"},
        "members:library": slug,
        "members:library_vcf": slug,
        "positions:section_feed": section,
        "members:report": slug,
        "members:edit": slug,
        "members:withdraw_change": {**slug, "pk": change.pk},
        "sections:section": section,
        "positions:participation": section,
    }
    return {name: reverse(name, kwargs=args.get(name)) for name in read(ROOMS)}


def addresses_of_positions(ask):
    """A row names its pattern, perhaps a move, and the state of the position."""
    way, positions, addresses = ask("way"), {}, {}
    for row in read(POSITIONS):
        front, state = row.split(" @ ")
        name, *move = front.split()
        position = positions.setdefault(state, way.to(State(state)))
        kwargs = {"reference": position.reference}
        if name in {"positions:version", "positions:restore"}:
            kwargs["number"] = 1
        if name in {"positions:attachment", "positions:take_away", "positions:put_back"}:
            kwargs["pk"] = attachment_of(position, ask).pk
        if name.startswith("positions:withdraw_"):
            kwargs["pk"] = said_on(position, name, ask).pk
        if name == "positions:lift_exclusion":
            kwargs["pk"] = exclusion_of(position, ask).pk
        if name in OF_A_COMMENT:
            kwargs["pk"] = comment_on(position, ask("coordinator")).pk
        if name == "positions:vote":
            kwargs["ballot"] = position.ballots.get(closed_at=None).pk
        if name in {"positions:translation", "positions:confirm_translation"}:
            kwargs["language"] = "en"
        if move:
            kwargs["action"] = move[0]
        if name == "positions:brought":
            kwargs = {"pk": file_of(position, ask("drafter")).pk}
        addresses[row] = reverse(name, kwargs=kwargs)
    return addresses


def file_of(position, person):
    """A file that the person has brought for the text."""
    return position.imports.first() or TextImport.objects.create(
        position=position, requested_by=person, name="letter.docx", base=position.current
    )


def exclusion_of(position, ask):
    """Of the third of the board, who has no role in the table."""
    by, member = ask("board_secretary"), ask("board")[2]
    return exclude(position=position, by=by, member=member, reason="On the council addressed.")


def attachment_of(position, ask):
    """One that was brought before anything is asked for; its file is a test's own."""
    return position.attachments.first() or Attachment.objects.create(
        position=position,
        file=ContentFile(b"%PDF-1.7", name="a.pdf"),
        name="a.pdf",
        media_type="application/pdf",
        size=8,
        sha256=sha256(b"%PDF-1.7").hexdigest(),
        uploaded_by=ask("drafter"),
    )


def addresses_of_documents(ask):
    """A row names its pattern, perhaps whom the document is for, and the state of the position,
    of which there are two versions."""
    way, positions, addresses = ask("way"), {}, {}
    for row in read(DOCUMENTS):
        front, state = row.split(" @ ")
        name, *reader = front.split()
        if state not in positions:
            positions[state] = way.to(State(state))
            make_version(
                positions[state], by=ask("drafter"), title="Other", body="<p>Other.</p>", points=[]
            )
        kwargs = {"reference": positions[state].reference}
        if reader:
            kwargs["pk"] = document_of(positions[state], inside=reader == ["inside"]).pk
        addresses[row] = reverse(name, kwargs=kwargs)
    return addresses


def addresses_of_correspondence(ask):
    """A row names its pattern, perhaps a kind of letter, and the state of the position; there is a
    package, a promise, and a file with the answer."""
    way, positions, addresses = ask("way"), {}, {}
    for row in read(CORRESPONDENCE):
        front, state = row.split(" @ ")
        name, *kind = front.split()
        if state not in positions:
            positions[state] = way.to(State(state))
            if state == State.ACCEPTED:
                positions[state] = way.prepare(positions[state])
        position = positions[state]
        kwargs = {"reference": position.reference} | ({"kind": kind[0]} if kind else {})
        kwargs |= of_correspondence(name.removeprefix("positions:"), position, ask)
        addresses[row] = reverse(name, kwargs=kwargs)
    return addresses


def of_correspondence(name, position, ask):
    """What the pattern names besides the position; it is made for the test."""
    if name in {"package", "package_file"}:
        package = position.submission.package
        with zipfile.ZipFile(made := BytesIO(), "w") as archive:
            archive.writestr(package.manifest[0]["name"], "x")
        package.file.save("", ContentFile(made.getvalue()))
        return {"pk": package.pk} | ({"place": 0} if name == "package_file" else {})
    if name == "judge_promise":
        facts = {"text": "Soon.", "due_on": clock.today(), "recorded_by": ask("coordinator")}
        return {"pk": position.promises.create(**facts).pk}
    if name == "record_file":
        kept = {"file": ContentFile(b"%PDF-1.7", name="a.pdf"), "name": "a.pdf", "size": 8}
        kept |= {"media_type": "application/pdf", "sha256": sha256(b"%PDF-1.7").hexdigest()}
        file = position.submission.files.create(**kept, uploaded_by=ask("coordinator"))
        return {"pk": file.pk}
    of_a_message = {"correct_message", "settle_message", "publish_answer", "withdraw_answer"}
    return {"pk": position.submission.messages.get().pk} if name in of_a_message else {}


def document_of(position, *, inside=False):
    """One that has been made; its file is a test's own."""
    wish = {"version": position.current, "kind": DocumentKind.PDF, "language": "hu"}
    made = {"content": "0", "stage": Stage.READY, "ended_at": clock.now()}
    document, _is_new = Document.objects.get_or_create(
        position=position, inside=inside, **wish, defaults=made
    )
    document.file.save("", ContentFile(b"%PDF-1.7"))
    return document


def addresses_of_amendments(ask):
    """A row names its pattern, perhaps a step, and the state of the position; the first library
    has proposed an amendment where it could."""
    way, amending, positions, addresses = ask("way"), ask("amending"), {}, {}
    for row in read(AMENDMENTS):
        front, state = row.split(" @ ")
        name, *step = front.split()
        if state not in positions:
            positions[state] = way.to(State(state))
            if state in AMENDABLE:
                amending.propose(positions[state])
        kwargs = {"reference": positions[state].reference}
        if name not in {"positions:amendments", "positions:propose_amendment"}:
            kwargs["number"] = 1
        if step:
            kwargs["action"] = step[0]
        addresses[row] = reverse(name, kwargs=kwargs)
    return addresses


def said_on(position, name, ask):
    facts = {
        "version": position.current,
        "library": ask("library"),
        "author": ask("representative"),
    }
    if name == "positions:withdraw_opinion":
        return MinorityOpinion.objects.create(text="No.", **facts)
    return Endorsement.objects.create(**facts)


OF_A_COMMENT = {"positions:reply", "positions:resolve", "positions:reopen"}


def comment_on(position, author):
    """In any state; what the section reads."""
    found = Comment.objects.filter(version__position=position).first()
    return found or Comment.objects.create(version=position.current, author=author, text="Yes.")


def propose(ask):
    library = ask("library")
    return actions.propose_change(
        library=library,
        by=ask("representative"),
        values=values_of(library) | {"city": "Elsewhere"},
        seen=fingerprint(library),
    )


@pytest.mark.parametrize(
    ("table", "addresses"),
    [
        (DOORS, addresses_of_doors),
        (ROOMS, addresses_of_rooms),
        (POSITIONS, addresses_of_positions),
        (AMENDMENTS, addresses_of_amendments),
        (DOCUMENTS, addresses_of_documents),
        (CONSULTATIONS, addresses_of_consultations),
        (CORRESPONDENCE, addresses_of_correspondence),
        (MEETINGS, addresses_of_meetings),
        (SEARCH, addresses_of_search),
        (INTERFACES, addresses_of_interfaces),
    ],
    ids=[
        "doors",
        "rooms",
        "positions",
        "amendments",
        "documents",
        "consultations",
        "correspondence",
        "meetings",
        "search",
        "interfaces",
    ],
)
def test_O_036_each_role_gets_the_answer_of_the_table(request, db, table, addresses):
    ask = request.getfixturevalue
    people = {role: ask(name) for role, name in ROLES.items()}

    found = observe(people, addresses(ask))

    assert found == read(table), as_text(found, ROLES)


# The back office -------------------------------------------------------------------------------


@pytest.fixture
def full_office(
    request,
    way,
    amending,
    section,
    libraries,
    county,
    staff,
    admin,
    representative,
    other_representative,
):
    """One row at least in every list."""
    library = libraries[0]
    position = way.to(State.CONSULTATION)
    comment(version=position.current, by=representative, library=library, text="Yes.")
    amendment = amending.propose(position, by=1)
    support(amendment=amendment, by=representative, library=library)
    amending.decide(amendment, "withdraw", "drafter")
    endorse(version=position.current, by=representative, library=library)
    position = way.to(State.SECTION_VOTE, position)
    facts = {"by": other_representative, "library": libraries[1], "goes_public": False}
    file_opinion(version=position.current, text="No.", **facts)
    position.exclusions.create(person=staff, recorded_by=staff)
    translated = {"language": "en", "version": position.current, "title": "Ours"}
    position.translations.create(saved_by=staff, **translated)
    way.to(State.CLOSED, position)
    attachment_of(position, request.getfixturevalue)
    file_of(position, representative)
    document_of(position)
    coming = request.getfixturevalue("coming")
    file_with(coming.assign(coming.record()), staff)
    rows_of_meetings(request.getfixturevalue)
    letters_of(position, representative)
    Goal.objects.create(section=section, number=1, title_hu="Goal")
    notices.choose(person=representative, group=Group.FOLLOWED, pace=Pace.WEEKLY)
    Topic.objects.create(name="Loans")
    Law.objects.create(citation="1997. évi CXL. törvény")
    LawProfile.objects.create(kind=ProfileKind.ANSWER, name_hu="Notice", days=30, source="Act")
    SpecialDay.objects.create(day="2030-01-01", kind="holiday", name_hu="New Year", source="Act")
    Recess.objects.create(first_day="2030-01-02", last_day="2030-01-03", source="Decree")
    propose(request.getfixturevalue)
    actions.apply_for_membership(
        library_name="Applicant",
        county=county,
        city="City",
        kind=LibraryKind.CITY,
        applicant_name="Applicant",
        applicant_email="applicant@example.org",
        statement="Please.",
    )
    actions.report_mistake(library=library, text="Wrong.")
    actions.report_barrier(page="/", text="Too small.")
    Bucket.objects.get_or_create(key="key", defaults={"scope": "s", "tokens": 1, "filled_at": 0})
    LogEntry.objects.create(user=admin, action_flag=ADDITION, object_repr="Something")
    newcomer = make_person("newcomer")
    invitations.invite(person=newcomer, by=staff)
    calendars.make(by=newcomer)
    DataExport.objects.create(requested_by=newcomer)
    erasing.ask(person=make_person("leaver"), by=staff, ground=ErasureGround.WISHED)
    return {"person": newcomer}


def letters_of(position, person):
    LetterTemplate.objects.create(kind="cover", language="en", subject="Ours", body="It is here.")
    Promise.objects.create(
        position=position, text="Soon.", due_on=clock.today(), recorded_by=person
    )
    RecordFile.objects.create(
        submission=position.submission,
        file="recordfile/proof.pdf",
        uploaded_by=person,
        name="proof.pdf",
        media_type="application/pdf",
        size=1,
        sha256="0" * 64,
    )


def row_of(model, rows):
    return rows.get(model._meta.model_name) or model._base_manager.first()


def addresses_in_the_office(rows):
    """{(model, view): url} of the five views of every list."""
    addresses = {}
    for model in admin.site._registry:
        name, label = model._meta.model_name, model._meta.app_label
        pk = row_of(model, rows).pk
        for view in OFFICE_VIEWS:
            args = [] if view in {"changelist", "add"} else [pk]
            addresses[f"{name} {view}"] = reverse(f"admin:{label}_{name}_{view}", args=args)
    return addresses


def acts_in_the_office(rows):
    """What some of the lists offer beyond the five views."""
    addresses = {}
    for model in admin.site._registry:
        name, label, row = model._meta.model_name, model._meta.app_label, row_of(model, rows)
        prefix = f"admin:{label}_{name}_"
        extra = {p.removeprefix(prefix) for p in patterns() if p.startswith(prefix)}
        for view in sorted(extra - set(OFFICE_VIEWS)):
            args = [row.pk]
            if view == "move":
                args.append(ACTS.get(name, "withdraw"))
            elif view == "simple_history":
                args.append(row.history.first().pk)
            addresses[f"{name} {view}"] = reverse(prefix + view, args=args)
    return addresses


def doors_of_the_office(rows):
    args = {"admin:app_list": ["members"], "admin:view_on_site": [1, 1]}
    return {name: reverse(name, args=args.get(name)) for name in read(OFFICE_DOORS)}


def one_row_a_model(found, role):
    models = dict.fromkeys(row.split()[0] for row in found)
    return {
        model: {view: found[f"{model} {view}"][role] for view in OFFICE_VIEWS} for model in models
    }


@pytest.mark.parametrize("role", ["staff", "admin"])
def test_O_036_the_back_office_answers_as_the_table_says(request, full_office, role):
    person = {role: request.getfixturevalue(role)}

    found = one_row_a_model(observe(person, addresses_in_the_office(full_office)), role)

    assert found == read(OFFICE), as_text(found, OFFICE_VIEWS)


@pytest.mark.parametrize("name", ["coordinator", "board_secretary"])
def test_O_036_nobody_else_gets_past_the_door_of_the_back_office(request, full_office, name):
    person = {name: request.getfixturevalue(name)}
    addresses = addresses_in_the_office(full_office) | acts_in_the_office(full_office)

    found = observe(person, addresses)

    assert {cells[name] for cells in found.values()} == {"403/403"}


def test_O_036_strangers_are_sent_to_the_sign_in(visitor, full_office):
    addresses = addresses_in_the_office(full_office) | acts_in_the_office(full_office)

    found = observe({"visitor": visitor}, addresses)

    assert {cells["visitor"] for cells in found.values()} == {"in/in"}


def test_O_036_what_the_back_office_does_beyond_its_lists(request, full_office):
    ask = request.getfixturevalue
    people = {role: ask(name) for role, name in ROLES.items() if role in {"secr", "staff", "admin"}}

    found = observe(people, acts_in_the_office(full_office))

    assert found == read(OFFICE_ACTS), as_text(found, people)


def test_O_036_the_doors_of_the_back_office(request, full_office):
    people = {role: request.getfixturevalue(name) for role, name in ROLES.items()}

    found = observe(people, doors_of_the_office(full_office))

    assert found == read(OFFICE_DOORS), as_text(found, ROLES)


# Nothing is left out ---------------------------------------------------------------------------


def test_O_036_every_pattern_is_in_a_table():
    of_positions = (POSITIONS, AMENDMENTS, DOCUMENTS, CONSULTATIONS, CORRESPONDENCE, MEETINGS)
    tables = (DOORS, ROOMS, SEARCH, INTERFACES, *of_positions, OFFICE_DOORS)
    rows = [row for table in tables for row in read(table)]
    listed = {row.split(" @ ")[0].split()[0] for row in rows}
    lists = {
        f"admin:{model._meta.app_label}_{model._meta.model_name}_": model._meta.model_name
        for model in admin.site._registry
    }
    acts = {tuple(row.split()) for row in read(OFFICE_ACTS)}
    for prefix, model in lists.items():
        assert model in read(OFFICE)
        listed |= {prefix + view for view in OFFICE_VIEWS}
        listed |= {prefix + act for name, act in acts if name == model}

    # Django's admin has patterns without a name: old addresses, and one that catches the rest.
    assert set(patterns()) - {"admin:None"} == listed


def test_O_036_what_the_back_office_does_not_know_is_not_found(staff, client_of):
    assert client_of(staff).get("/admin/no/such/list/").status_code == 404
