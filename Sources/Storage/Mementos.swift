internal import GRDB
package import Models

/// The captures of an article that can still be shown as they were: by which something was received, and whose payload is here. What was
/// withdrawn, or did not come along when only a part was chosen, is none of them.
///
/// Each question costs about as much for an article with very many captures as for one with few.
package struct Mementos: Sendable {
    private let archive: Archive
    private let article: ArticleIdentity

    private static let shown = """
        captures.article = ? AND \(Catalog.isReceived)
        AND EXISTS(SELECT 1 FROM objects WHERE objects.id = captures.payload)
        """
    /// Where a capture stands among others; the first comparison is the one that an index answers.
    private static let place = "(capturedAt, captures.recordedAt, logs.origin, captures.idx)"

    init(_ archive: Archive, _ article: ArticleIdentity) {
        self.archive = archive
        self.article = article
    }

    package var first: HistoryCapture? {
        get throws(ArchiveError) { try archive.captures(where: Self.shown, [article.row], limit: 1).first }
    }

    package var last: HistoryCapture? {
        get throws(ArchiveError) {
            try archive.captures(where: Self.shown, [article.row], latestFirst: true, limit: 1).first
        }
    }

    package func before(_ capture: HistoryCapture) throws(ArchiveError) -> HistoryCapture? {
        try archive.captures(
            where: "\(Self.shown) AND capturedAt <= ? AND \(Self.place) < (?, ?, ?, ?)", arguments(capture),
            latestFirst: true, limit: 1
        ).first
    }

    package func after(_ capture: HistoryCapture) throws(ArchiveError) -> HistoryCapture? {
        try archive.captures(
            where: "\(Self.shown) AND capturedAt >= ? AND \(Self.place) > (?, ?, ?, ?)", arguments(capture), limit: 1
        ).first
    }

    /// This one and those after it.
    ///
    /// - Parameter limit: one of few.
    package func starting(at capture: HistoryCapture, limit: Int) throws(ArchiveError) -> [HistoryCapture] {
        try archive.captures(
            where: "\(Self.shown) AND capturedAt >= ? AND \(Self.place) >= (?, ?, ?, ?)", arguments(capture),
            limit: limit)
    }

    /// The first one in the second that begins at `time`. Addresses and HTTP dates know no parts of a second.
    package func first(inSecondOf time: Timestamp) throws(ArchiveError) -> HistoryCapture? {
        let second = time.second
        return try archive.captures(
            where: "\(Self.shown) AND capturedAt >= ? AND capturedAt < ?", [article.row, second, second + 1000],
            limit: 1
        ).first
    }

    /// The first one of that second; if there is none, the one that is nearest, the earlier of two that are equally near.
    package func nearest(to time: Timestamp) throws(ArchiveError) -> HistoryCapture? {
        if let same = try first(inSecondOf: time) { return same }
        let at = time.second
        let earlier = try archive.captures(
            where: "\(Self.shown) AND capturedAt < ?", [article.row, at], latestFirst: true, limit: 1
        ).first
        let later = try archive.captures(where: "\(Self.shown) AND capturedAt >= ?", [article.row, at], limit: 1).first
        guard let earlier, let later else { return earlier ?? later }
        if later.capturedAt.milliseconds - at < at - earlier.capturedAt.milliseconds { return later }
        // Its second may hold others, which go before it.
        return try first(inSecondOf: earlier.capturedAt) ?? earlier
    }

    /// Whether the capture is one of them.
    package func contains(_ capture: HistoryCapture) throws(ArchiveError) -> Bool {
        try !archive.captures(where: "\(Self.shown) AND captures.id = ?", [article.row, capture.row]).isEmpty
    }

    private func arguments(_ capture: HistoryCapture) -> StatementArguments {
        let time = capture.capturedAt.milliseconds
        return [
            article.row, time, time, capture.recordedAt.milliseconds, capture.origin.id.data, capture.index,
        ]
    }
}

extension Timestamp {
    /// In milliseconds, the beginning of the second.
    fileprivate var second: Int64 {
        let rest = milliseconds % 1000
        return milliseconds - (rest < 0 ? rest + 1000 : rest)
    }
}

extension Archive {
    package func mementos(of article: ArticleIdentity) -> Mementos { Mementos(self, article) }
}
