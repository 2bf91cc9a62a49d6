internal import Models

/// Chooses the dates: what is declared, else what is marked or shown near the headline, else what the address says.
struct PageDates {
    private(set) var published: String?
    private(set) var modified: String?

    /// Older dates are the zero of some system's calendar.
    private static let earliest = 1971

    struct Sources {
        let meta: MetaElements
        let marks: MarkedFields
        let thing: LinkedData.Thing?
        let page: HTMLDocument
        let headline: MarkedFields.Mark?
        let surroundings: HeadlineSurroundings
        let language: String?
        /// Whether the page declares that it is an article, and not a page that is kept up to date.
        let isArticle: Bool
        /// The page's own addresses, the surest first.
        let addresses: [String]
    }

    init(_ sources: Sources) {
        let shown = ShownDates(sources.surroundings, language: sources.language)
        func read(_ texts: [String?]) -> ArticleDate? {
            texts.lazy.compactMap { $0.flatMap { Self.date($0, sources.language) } }.first
        }
        let top = sources.headline?.place ?? 0
        func marked(_ marks: [MarkedFields.Mark], isAbove: Bool = false) -> ArticleDate? {
            marks.lazy.filter { ($0.place < top) == isAbove && Self.isNear($0, sources.headline) }.compactMap {
                Self.date(of: $0, sources)
            }.first
        }
        let meta = sources.meta
        let inAddress = sources.addresses.lazy.compactMap(AddressDate.find).first
        let changed =
            read([sources.thing?.modified] + Self.modifiedNames.map { meta[$0] }) ?? marked(sources.marks.modified)
            ?? shown.modified
        var first = read([sources.thing?.published] + Self.surestNames.map { meta[$0] })
        if let declared = first, let seen = shown.published,
            Self.isBelied(declared, by: seen, isLabelled: shown.isLabelled, changed: changed, inAddress: inAddress)
        {
            first = seen
        }
        let day = shown.isLabelled ? shown.published : nil
        let choices: [() -> ArticleDate?] = [
            { first }, { marked(sources.marks.published) }, { read(Self.otherNames.map { meta[$0] }) }, { day },
            { marked(sources.marks.times) }, { shown.published }, { marked(sources.marks.dated) },
            // Above the headline it may be the page's clock.
            { marked(sources.marks.published, isAbove: true) }, { marked(sources.marks.times, isAbove: true) },
            { marked(sources.marks.dated, isAbove: true) },
            { read([sources.thing?.created] + Self.createdNames.map { meta[$0] }) }, { inAddress },
            { Self.anywhere(sources) }, { sources.isArticle ? changed : nil },
        ]
        published = choices.lazy.compactMap { $0() }.first?.description
        modified = changed?.description
    }

    private static func date(_ text: String, _ language: String?) -> ArticleDate? {
        guard text.utf8.count <= 200 else { return nil }
        let text = PageText.collapsed(text)
        let date =
            ArticleDate(metadata: text, language: language) ?? machineDate(text)
            ?? (text.utf8.count <= 80 ? ArticleDate.find(in: text, language: language) : nil)
        return date.flatMap { $0.day.year >= earliest ? $0 : nil }
    }

    /// A day in ISO's form at the beginning, whatever follows.
    private static func machineDate(_ text: String) -> ArticleDate? {
        let start = text.prefix(10)
        guard start.utf8.count == 10, start.dropFirst(4).first == "-" || start.dropFirst(4).first == "/" else {
            return nil
        }
        return ArticleDate(reading: start.replacing("/", with: "-"))
    }

    /// A date that the page shows and labels is believed more than one that it declares, when the declared one is that of
    /// the last change, or the address agrees with what is shown.
    private static func isBelied(
        _ declared: ArticleDate, by shown: ArticleDate, isLabelled: Bool, changed: ArticleDate?, inAddress: ArticleDate?
    ) -> Bool {
        let days = declared.day.daysSinceEpoch - shown.day.daysSinceEpoch
        guard abs(days) > 1 else { return false }
        if let inAddress, inAddress.day == shown.day { return true }
        return isLabelled && days > 1 && changed?.day == declared.day
    }

    private static func date(of mark: MarkedFields.Mark, _ sources: Sources) -> ArticleDate? {
        let page = sources.page
        for attribute in [HTMLName.datetime, .content, .title] {
            guard let value = page.attribute(mark.node, attribute)?.trimmed, !value.isEmpty else { continue }
            if let date = date(value.string, sources.language) { return date }
        }
        guard let text = PageText.short(mark.node, in: page, limit: 120) else { return nil }
        if let line = DateLine(text, language: sources.language) {
            return line.first(.published) ?? line.first(.unlabelled)
        }
        return ArticleDate.find(in: text, language: sources.language)
    }

    /// A mark of this article, and not of readers' comments or of other stories.
    private static func isNear(_ mark: MarkedFields.Mark, _ headline: MarkedFields.Mark?) -> Bool {
        guard let headline else { return mark.foreign == 0 && !mark.isFringe }
        guard !mark.isFringe || headline.isFringe else { return false }
        guard mark.foreign == 0 || mark.foreign == headline.foreign,
            headline.article == 0 || mark.article == headline.article || mark.article == 0
        else { return false }
        return (-60...250).contains(mark.place - headline.place)
    }

    private static func anywhere(_ sources: Sources) -> ArticleDate? {
        let marks = sources.marks
        return (marks.published + marks.dated + marks.times).lazy
            .filter { mark in
                mark.foreign == 0 && !mark.isFringe && mark.place > sources.headline?.place ?? 0
                    && (sources.headline.map { $0.article == 0 || $0.article == mark.article } ?? true)
            }
            .prefix(12).compactMap { date(of: $0, sources) }.first
    }

    private static let surestNames = [
        "article:published_time", "og:published_time", "article:published", "article.published", "datepublished",
        "og:article:published_time", "article:publish_date", "og:pubdate", "og:publish_date",
        "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "article_date_original", "bt:pubdate",
        "cse-pubdate", "dcsext.articlefirstpublished", "citation_publication_date", "citation_date",
        "citation_online_date",
        "published_at", "mediator_published_time", "vr:published_time", "dable:published_time",
        "article:published_date",
        "shareaholic:article_published_time", "rnews:datepublished", "nrk:published", "weibo:article:create_at",
        "published_time",
    ]

    private static let otherNames = [
        "pubdate", "publish-date", "publishdate", "publish_date", "publication_date", "publicationdate", "pub_date",
        "date_published",
        "published-date", "published_date", "publishing_date", "dc.date.issued", "dcterms.issued", "dc.date.published",
        "dc.issued",
        "dcterms.available", "dc.date", "dcterms.date", "dc:date", "dc.date.created", "dcterms.created", "date",
        "pdate", "published",
        "displaydate", "release_date", "timestamp", "article-date", "articledate", "sn-post-date", "last-publish-date",
        "posted",
        "originalpublicationdate", "og:release_date", "video:release_date", "og:video:release_date", "page_date",
        "gtm-published",
        "content_create_date", "news:publication_date", "dcsext.date", "creation_date",
    ]

    private static let createdNames = ["datecreated", "article:created_time", "article:created", "created"]

    private static let modifiedNames = [
        "article:modified_time", "article:modified", "og:updated_time", "datemodified", "article.updated",
        "last-modified",
        "dcterms.modified", "dc.date.modified", "lastmod", "article_date_updated", "article:updated_time",
        "dateupdated",
        "og:modified_time", "revised", "modified", "updated_time", "article:update_time",
    ]
}

/// The dates in the lines around the headline.
private struct ShownDates {
    private(set) var published: ArticleDate?
    private(set) var modified: ArticleDate?
    /// Whether the page says of `published` that it is the date of publication.
    private(set) var isLabelled = false

    init(_ surroundings: HeadlineSurroundings, language: String?) {
        let lines = surroundings.lines.filter(\.isAfter) + surroundings.lines.filter { !$0.isAfter }.reversed()
        var loose: ArticleDate?
        for line in lines
        where line.length <= 160 && Self.mayHaveDate(line) {
            let text = line.text
            if text.utf8.count > 160 { continue }
            if read(text, language) { continue }
            let wasRead = line.parts.count > 1 && line.parts.prefix(12).reduce(false) { read($1, language) || $0 }
            if !wasRead, loose == nil, line.length <= 110 {
                loose = ArticleDate.find(in: text, language: language)
            }
        }
        if published == nil { published = loose }
    }

    /// Digits may be those of other scripts.
    private static func mayHaveDate(_ line: HeadlineSurroundings.Line) -> Bool {
        line.parts.contains { $0.utf8.contains { $0.isASCIIDigit || $0 >= 0xD9 } }
    }

    private mutating func read(_ text: String, _ language: String?) -> Bool {
        guard let line = DateLine(text, language: language) else { return false }
        if let date = line.first(.published), !isLabelled {
            published = date
            isLabelled = true
        }
        if published == nil { published = line.first(.unlabelled) }
        if modified == nil { modified = line.first(.modified) }
        return true
    }
}

/// "/2023/04/17/title", "/2023-04-17-title", "/20230417/…"
enum AddressDate {
    static func find(_ address: String) -> ArticleDate? {
        let bytes = Array(address.utf8.prefix(600))
        var at = 0
        while at + 8 <= bytes.count {
            defer { at += 1 }
            guard at > 0, !bytes[at - 1].isASCIIDigit, let year = number(bytes, at, 4), (1990...2100).contains(year)
            else { continue }
            let separator = bytes[at + 4]
            if separator.isASCIIDigit {
                guard at + 8 == bytes.count || !bytes[at + 8].isASCIIDigit || bytes.count >= at + 14,
                    let month = number(bytes, at + 4, 2),
                    let day = number(bytes, at + 6, 2)
                else { continue }
                if let date = date(year, month, day) { return date }
            } else if separator == 0x2F || separator == 0x2D || separator == 0x5F {
                var place = at + 5
                guard let month = short(bytes, &place), place < bytes.count, bytes[place] == separator else { continue }
                place += 1
                guard let day = short(bytes, &place), place == bytes.count || !bytes[place].isASCIIDigit else {
                    continue
                }
                if let date = date(year, month, day) { return date }
            }
        }
        return nil
    }

    private static func date(_ year: Int, _ month: Int, _ day: Int) -> ArticleDate? {
        ArticleDate(reading: "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)")
    }

    private static func number(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int? {
        guard start + count <= bytes.count, bytes[start..<start + count].allSatisfy(\.isASCIIDigit) else { return nil }
        return bytes[start..<start + count].reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    /// One or two digits, or the English name of a month in three letters.
    private static func short(_ bytes: [UInt8], _ place: inout Int) -> Int? {
        var length = 0
        while place + length < bytes.count, bytes[place + length].isASCIIDigit, length < 2 { length += 1 }
        if length > 0 {
            defer { place += length }
            return number(bytes, place, length)
        }
        guard place + 3 <= bytes.count else { return nil }
        let name = String(decoding: bytes[place..<place + 3], as: UTF8.self).lowercased()
        let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        guard let month = months.firstIndex(of: name) else { return nil }
        place += 3
        return month + 1
    }
}
