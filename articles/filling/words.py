"""The words that invented stories are made of: people, places, offices and subjects of a coast that is on no map."""

from __future__ import annotations

from itertools import product


def _apart(text: str, mark: str = " ") -> list[str]:
    return text.split(mark)


FIRST_NAMES = tuple(
    _apart(
        "Ada Alden Alma Anselm Arlo Astrid Avis Bela Bram Brona Cass Cecily Corin Dara Delia Dov Edda Eamon Elke Emrys"
        " Esme Fenn Flora Frida Galen Gita Greta Hal Hanne Hesper Idris Ilse Ivo Jarle Jonna Jude Kalle Keziah Kit Leda"
        " Linus Liv Lowell Maren Milo Mina Nadia Nell Niall Odile Orla Otto Perrin Petra Quill Rafe Renata Roan Romy"
        " Saskia Silas Signe Sorrel Tamsin Teodor Thea Tove Una Uri Vesna Vidar Wanda Wim Xenia Yara Yorick Zelda Zora"
    )
)
SURNAMES = tuple(
    f"{first}{last}"
    for last, first in product(
        _apart(
            "sley hurst mere wick gard holm by thorpe dale worth stead combe grave lund rick more vane sen ling brook"
        ),
        _apart(
            "Ald Ash Bar Beck Bran Bur Cald Carn Cor Crom Dav Den Dray Eld Ems Fair Fal Gar Gil Grim Hal Har Hol Ing"
            " Kel Kir Lan Lin Mar Mel Nor Oak Ost Pen Quen Rad Rav Ros Sel Sten Tar Thorn Ul Var Wal Wen Win Yar"
        ),
    )
)
PLACES = tuple(
    f"{first}{last}"
    for last, first in product(
        _apart("ford haven ness ham bridge wold cliffe marsh port field well minster gate stow ley mouth ton den keld"),
        _apart(
            "Aller Amber Birk Brack Candle Chal Copper Cran Dun Elder Ember Far Fern Gale Glen Gull Hazel Heron Hollow"
            " Iron Kess Kings Lark Low Mallow Merrow North Oster Otter Pebble Pike Quarry Raven Reed Rush Salt Sedge"
            " Shell Silver Stone Swan Tern Thistle Under Upper Vale Wether Whin Wild Winter"
        ),
    )
)
OFFICES = tuple(
    _apart(
        "Harbour Board|Town Council|Water Company|Teachers’ Union|County Court|Growers’ Association|Museum Trust|"
        "Coastguard|River Commission|Hospital Trust|Chamber of Trade|Fire Service|Transport Office|University|"
        "Housing Agency|Savings Bank|Theatre Company|Rail Company|Planning Committee|Weather Service|Farm Bureau|"
        "Pilots’ Guild|Energy Cooperative|School Board|Fisheries Office|Police Authority|Library Service|Shipyard",
        "|",
    )
)
# Where a story's subject is one of these, its headline and its sentences say so.
SUBJECTS = tuple(
    f"{kind} {thing}"
    for thing, kind in product(
        _apart(
            "fares|gauges|meals|wages|repairs|permits|tariffs|archives|lights|charges|records|contracts|plans|routes|"
            "rules|prices|grants|inspections|leases|forecasts",
            "|",
        ),
        _apart(
            "ferry|river|school|harbour|bridge|fishing|grain|museum|street|parking|hospital|cable|housing|tram|planning|"
            "timber|farm|lighthouse|orchard|tide|library|boat|canal|market|festival|quarry|reservoir|rail|theatre|"
            "allotment|wool|salt|peat|oyster|barley|hostel|signal|chapel|ropewalk|dry-dock",
            "|",
        ),
    )
)
THINGS = tuple(
    _apart(
        "agreement answer argument audit ballot barge barrier bill boundary breach briefing budget campaign ceiling"
        " chart claim clause committee complaint concession consent consultation corner costing count crane culvert"
        " deadline decision deficit delay deposit depot design dispute ditch document draft drawing dredger driver"
        " embankment engine estimate evidence exhibition expense failure fence figure filing forecast foundation"
        " fund furnace garden glasshouse guarantee hearing hearth inquiry invoice journey kiln ladder landing ledger"
        " letter licence list loan lock lorry map margin measure meeting memo method mill minute model mooring motion"
        " notice number objection offer office opinion option order outcome panel paper parish pattern pavement pier"
        " pilot platform pledge policy pond proposal pump question quota rehearsal remedy rent reply report rescue"
        " result review road roof sample schedule scheme seam season sentence shelter shift shortage signature sluice"
        " standard station statement stretch strike study subsidy summary survey table target tender term test timber"
        " timetable tower trench trial turbine vacancy verdict vessel viaduct village vote wall warehouse warning"
        " winter witness workshop yard yield"
    )
)
QUALITIES = tuple(
    _apart(
        "annual awkward bare binding brief broad careful cautious cheap clear closed coastal common costly cramped"
        " deep detailed difficult distant dry early empty even expected fair familiar final firm flat formal former"
        " frank fresh full further general generous gradual hard heavy hidden high honest idle important independent"
        " initial joint large late lasting lean light local long loose low main modest narrow new northern odd old open"
        " ordinary outer partial patient plain poor private proper public quiet rapid rare ready recent regional"
        " repeated rough rural scarce second separate serious shallow sharp short silent simple single slow small solid"
        " southern sound sparse special steady steep strict strong sudden technical temporary thin tight uneven unusual"
        " urgent useful vacant vague valuable western whole wide written yearly"
    )
)
DEEDS = tuple(
    _apart(
        "approved|blocked|delayed|questioned|published|withdrawn|revised|welcomed|rejected|costed|doubled|cut|extended|"
        "reviewed|shelved|restored|tested|renewed|disputed|confirmed",
        "|",
    )
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
