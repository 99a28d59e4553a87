from positions.models.accountability import (
    AuthorityFigures,
    OpenDataFile,
    Recount,
)
from positions.models.amendments import (
    Amendment,
    Support,
)
from positions.models.ballots import (
    Ballot,
    Elector,
    Vote,
)
from positions.models.board import (
    Exclusion,
    PointReason,
)
from positions.models.board_papers import (
    BoardPaper,
)
from positions.models.comments import (
    Comment,
)
from positions.models.consultation_files import (
    ConsultationFile,
)
from positions.models.consultations import (
    Assignment,
    Consultation,
)
from positions.models.documents import (
    Attachment,
    Document,
    TextImport,
)
from positions.models.editing import (
    Editing,
)
from positions.models.endorsements import (
    Endorsement,
    MinorityOpinion,
)
from positions.models.letters import (
    LetterTemplate,
    Package,
)
from positions.models.meetings import (
    AgendaItem,
    Attendance,
    Authentication,
    Meeting,
)
from positions.models.messages import (
    Message,
    RecordFile,
)
from positions.models.positions import (
    Position,
)
from positions.models.promises import (
    Promise,
)
from positions.models.resolutions import (
    BoardDecision,
    ResolutionLink,
)
from positions.models.seals import (
    Seal,
)
from positions.models.subjects import (
    Law,
    Topic,
)
from positions.models.submissions import (
    LawProfile,
    PointOutcome,
    Submission,
)
from positions.models.translations import (
    PositionTranslation,
)
from positions.models.versions import (
    Point,
    Version,
)

__all__ = [
    "AgendaItem",
    "Amendment",
    "Assignment",
    "Attachment",
    "Attendance",
    "Authentication",
    "AuthorityFigures",
    "Ballot",
    "BoardDecision",
    "BoardPaper",
    "Comment",
    "Consultation",
    "ConsultationFile",
    "Document",
    "Editing",
    "Elector",
    "Endorsement",
    "Exclusion",
    "Law",
    "LawProfile",
    "LetterTemplate",
    "Meeting",
    "Message",
    "MinorityOpinion",
    "OpenDataFile",
    "Package",
    "Point",
    "PointOutcome",
    "PointReason",
    "Position",
    "PositionTranslation",
    "Promise",
    "RecordFile",
    "Recount",
    "ResolutionLink",
    "Seal",
    "Submission",
    "Support",
    "TextImport",
    "Topic",
    "Version",
    "Vote",
]
