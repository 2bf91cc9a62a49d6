public import Models

/// Why an archive could not do what was asked.
public enum ArchiveError: Error, Sendable {
    /// No `stet.json` at the path.
    case noArchive(String)
    /// The path holds something already.
    case occupied(String)
    /// Written by a newer version: nothing is touched.
    case newerFormat(String, format: Int)
    /// Another process held the archive for the whole time that this one was ready to wait.
    case busy(String, seconds: Int)
    /// Something does not hash to its name.
    case damaged(Damage)
    /// Several articles, or none, fit what the user wrote.
    case noSuchArticle(String)
    case ambiguousArticle(String, [String])
    case noSuchRevision(article: String, number: Int, count: Int)
    case noSuchCapture(String)
    /// A record that contradicts one already held: the same place in a log with other bytes.
    case forked(OriginID, index: Int)
    /// A document in the archive that does not follow its format.
    case format(FormatError)
    case file(FileError)
    /// The catalog, which is a cache, could not be used.
    case catalog(String)
    case compression(String)
}

/// What is damaged, where, and what it means to the user.
public struct Damage: Hashable, Sendable, CustomStringConvertible {
    /// The file, relative to the archive, e.g. `packs/….pack`.
    public let file: String
    public let offset: Int?
    public let reason: String
    /// The objects that cannot be had.
    public let objects: [ObjectID]
    /// The keys of the articles whose captures need them.
    public let articles: [String]

    package init(file: String, offset: Int? = nil, reason: String, objects: [ObjectID] = [], articles: [String] = []) {
        self.file = file
        self.offset = offset
        self.reason = reason
        self.objects = objects
        self.articles = articles
    }

    public var description: String {
        let place = offset.map { " at byte \($0)" } ?? ""
        let touched = articles.isEmpty ? "" : ", touching \(articles.joined(separator: ", "))"
        return "\(file)\(place): \(reason)\(touched)"
    }
}
