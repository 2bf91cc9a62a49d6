import Diffing
import Models

/// Edits of whole sentences and blocks, of fields, and none.
let structurePairs: [Pair] = [
    Pair("a paragraph that came", [flood, bridge], [flood, relief, bridge], "added substantive"),
    Pair("a paragraph that went", [flood, relief, bridge], [flood, bridge], "removed substantive"),
    Pair("a first paragraph that came", [flood, bridge], [relief, flood, bridge], "added substantive"),
    Pair(
        "a paragraph wholly rewritten", [flood, relief, bridge], [flood, school, bridge], "removed substantive",
        "added substantive"),
    Pair(
        "a sentence that went", [flood, school],
        [flood, "Children were sent home early. Lessons start again on Thursday."],
        "removed substantive"),
    Pair(
        "a sentence that came", [flood, school],
        [flood, school + " The canteen stays closed for another week."], "added substantive"),
    Pair("a paragraph that moved", [flood, bridge, school, relief], [bridge, school, relief, flood], "moved minor"),
    Pair(
        "a paragraph that moved and changed", [flood, bridge, school, relief],
        [bridge, school, relief, flood.replacing("forty", with: "sixty")], "moved minor", "figure substantive"),
    Pair(
        "a sentence that moved to another paragraph", [school, relief],
        [
            "Children were sent home early. Lessons start again on Thursday.",
            relief + " Their teachers cleaned the gymnasium.",
        ],
        "moved minor"),
    Pair(
        "sentences that changed places", [flood, school],
        [
            flood,
            "Their teachers cleaned the gymnasium. Children were sent home early. Lessons start again on Thursday.",
        ],
        "moved minor"),
    Pair(
        "a paragraph split in two", [flood, school],
        [
            flood, "Children were sent home early.",
            "Their teachers cleaned the gymnasium. Lessons start again on Thursday.",
        ],
        "markup cosmetic"),
    Pair("two paragraphs joined", [flood, school, relief], [flood, school + " " + relief], "markup cosmetic"),
    Pair(
        "a paragraph split in two and changed", [flood, school],
        [
            flood, "Children were sent home early.",
            "Their teachers cleaned the gymnasium. Lessons start again on Friday.",
        ],
        "figure substantive"),
    Pair(
        "a paragraph that became a heading",
        from: Revision(blocks: [
            .init(.paragraph, flood), .init(.paragraph, "What comes next"), .init(.paragraph, relief),
        ]),
        to: Revision(blocks: [.init(.paragraph, flood), .init(.heading, "What comes next"), .init(.paragraph, relief)]),
        "markup cosmetic"),
    Pair(
        "a caption that changed",
        from: Revision(blocks: [
            .init(.caption, "Firemen carry sandbags in Osterby. Photo: Eva Holm"), .init(.paragraph, flood),
        ]),
        to: Revision(blocks: [
            .init(.caption, "Soldiers carry sandbags in Osterby. Photo: Eva Holm"), .init(.paragraph, flood),
        ]),
        "image substantive"),
    Pair(
        "another picture",
        from: Revision(blocks: [.init(.caption, "Firemen carry sandbags in Osterby."), .init(.paragraph, flood)]),
        to: Revision(blocks: [.init(.caption, "The river at night, seen from the tower"), .init(.paragraph, flood)]),
        "image substantive", "image substantive"),
    Pair(
        "a caption's quotation marks",
        from: Revision(blocks: [.init(.caption, "The ship \"Karna\" in the dock"), .init(.paragraph, flood)]),
        to: Revision(blocks: [.init(.caption, "The ship “Karna” in the dock"), .init(.paragraph, flood)]),
        "typography cosmetic"),
    Pair(
        "a correction that came", [flood, bridge],
        [
            flood.replacing("forty", with: "sixty"), bridge,
            "Correction: An earlier version of this article gave the wrong number of cellars.",
        ],
        "figure substantive", "correction substantive"),
    Pair(
        "an editor's note on top", [flood, bridge],
        ["Editor’s note: The headline of this story was changed on Wednesday.", flood, bridge],
        "correction substantive"),
    Pair(
        "a notice at the end of a paragraph", [flood, bridge],
        [flood, bridge + " This article was amended on 4 May to name the river."],
        "correction substantive"),
    Pair(
        "an update with something to say", [flood, bridge],
        ["UPDATE: Engineers say that the bridge may open again on Friday.", flood, bridge],
        "correction substantive"),
    Pair(
        "a line that only tells the hour of an update is no notice", [flood, bridge],
        [flood, bridge, "Updated: Monday 4 May 2026, 14:05 GMT"],
        "date minor"),
    Pair(
        "a notice that went", [flood, "Clarification: The river is the Karna.", bridge], [flood, bridge],
        "correction substantive"),
    Pair(
        "correction as an ordinary word", [flood, bridge],
        [flood, bridge, "Correction officers guarded the empty prison all night long."],
        "added substantive"),
    Pair(
        "a headline", from: Revision(headline: "Flood in Osterby", blocks: [.init(.paragraph, flood)]),
        to: Revision(headline: "Disaster in Osterby", blocks: [.init(.paragraph, flood)]), "headline substantive"),
    Pair(
        "a headline's quotation marks",
        from: Revision(headline: "Mayor: 'No danger'", blocks: [.init(.paragraph, flood)]),
        to: Revision(headline: "Mayor: ‘No danger’", blocks: [.init(.paragraph, flood)]), "typography cosmetic"),
    Pair(
        "a headline that came", from: Revision(blocks: [.init(.paragraph, flood)]),
        to: Revision(headline: "Flood in Osterby", blocks: [.init(.paragraph, flood)]), "headline substantive"),
    Pair(
        "another author", from: Revision(authors: ["Eva Holm"], blocks: [.init(.paragraph, flood)]),
        to: Revision(authors: ["Eva Holm", "Jon Berg"], blocks: [.init(.paragraph, flood)]), "byline minor"),
    Pair(
        "an author's name in capitals", from: Revision(authors: ["Eva Holm"], blocks: [.init(.paragraph, flood)]),
        to: Revision(authors: ["EVA HOLM"], blocks: [.init(.paragraph, flood)]), "typography cosmetic"),
    Pair(
        "the day of publication", from: Revision(published: "2026-05-03", blocks: [.init(.paragraph, flood)]),
        to: Revision(published: "2026-05-04", blocks: [.init(.paragraph, flood)]), "date minor"),
    Pair(
        "the same moment in another zone",
        from: Revision(published: "2026-05-03T10:00:00Z", blocks: [.init(.paragraph, flood)]),
        to: Revision(published: "2026-05-03T12:00:00+02:00", blocks: [.init(.paragraph, flood)]), "date cosmetic"),
    Pair(
        "a time of last change that moved alone",
        from: Revision(modified: "2026-05-03T10:00:00Z", blocks: [.init(.paragraph, flood)]),
        to: Revision(modified: "2026-05-03T18:30:00Z", blocks: [.init(.paragraph, flood)]), "date cosmetic"),
    Pair(
        "a time of last change that moved with a figure",
        from: Revision(modified: "2026-05-03T10:00:00Z", blocks: [.init(.paragraph, flood)]),
        to: Revision(
            modified: "2026-05-03T18:30:00Z", blocks: [.init(.paragraph, flood.replacing("forty", with: "sixty"))]),
        "date minor", "figure substantive"),

    Pair("nothing", [flood, bridge, school], [flood, bridge, school]),
    Pair("an empty article", [], []),
    Pair(
        "what is no part of a revision's identity",
        from: Revision(blocks: [.init(.paragraph, flood)], language: "en", publisher: "A"),
        to: Revision(
            blocks: [.init(.paragraph, flood)], language: "en-GB", publisher: "B", url: "https://news.example/flood")),
    Pair(
        "paragraphs that repeat", [flood, "* * *", bridge, "* * *", school], [flood, "* * *", bridge, "* * *", school]),
    Pair("everything went", [flood, bridge], [], "removed substantive", "removed substantive"),

    Pair(
        "the hour of an update", [flood, "Last updated: 4 May 2026, 14:05 GMT"],
        [flood, "Last updated: 5 May 2026, 09:30 GMT"], "date minor"),
    Pair(
        "how long ago a page was touched", [flood, "Published 3 hours ago"], [flood, "Published 5 hours ago"],
        "date cosmetic"),
    Pair(
        "a sentence with a date is no line of dates", [flood, "Published on 4 May, the report names the mayor."],
        [flood, "Published on 5 May, the report names the mayor."], "figure substantive"),
    Pair(
        "a paragraph taken out with a word about it", [flood, relief, bridge],
        [flood, "[This paragraph was removed after publication for legal reasons.]", bridge], "removed substantive",
        "correction substantive"),
    Pair(
        "a quotation that moved to the next paragraph",
        ["The storm hit at night. “We ran,” said Ana Ruiz. The roof fell.", "The river rose at dawn."],
        ["The storm hit at night. The roof fell.", "The river rose at dawn. “We ran,” said Ana Ruiz."],
        "moved minor"),
]
