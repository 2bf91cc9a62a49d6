import ArgumentParser
import Extraction
import Models
import Storage

struct Extract: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows what is found to be the article in files, without an archive.",
        discussion: """
            Example:
              stet extract page.html
            """)

    @Argument(help: "Pages and texts, or - for the standard input.")
    var file: [String]

    @Option(help: "The address at which the page was seen.")
    var url: String?

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let console = options.console
        let url = url
        var failures: [FileError] = []
        Cores.inOrder(file) {
            ExtractedFile(path: $0, url: url)
        } deliver: { file, extracted in
            switch extracted.result {
            case .success(let reading): print(reading, of: file, console)
            case .failure(let error):
                failures.append(error)
                if options.json { console.print(["source": .string(file), "error": .string(error.reason)]) }
                console.notice("\(file): \(error.reason)")
            }
        }
        if options.json {
            console.summary("", json: ["files": JSON(file.count - failures.count), "failed": JSON(failures.count)])
        }
        guard let first = failures.first else { return }
        if failures.count < file.count { throw Outcome.partlyDone }
        throw first
    }

    private func print(_ reading: ArticleReader.Reading, of file: String, _ console: Console) {
        let revision = reading.revision ?? Revision()
        let source: [JSON.Member] = [
            .init("source", .string(file)), .init("mediaType", .string(reading.mediaType)),
            .init("characterSet", JSON(reading.characterSet)),
        ]
        if !options.json, self.file.count > 1 { console.print("==> \(Printable.line(file)) <==") }
        let text = reading.revision == nil ? "(no text: \(reading.mediaType))" : String(revision.text.dropLast())
        console.print(Printable.text(text), json: .object(ExtractedArticle.members(revision) + source))
    }
}

/// A file, read as an article.
private struct ExtractedFile: Sendable {
    let result: Result<ArticleReader.Reading, FileError>

    init(path: String, url: String?) {
        do throws(FileError) {
            let bytes = try path == "-" ? Files.readStandardInput() : Files.read(path)
            result = .success(ArticleReader.read(bytes, mediaType: nil, url: url))
        } catch {
            result = .failure(error)
        }
    }
}

/// An article's content in JSON, as `extract` and `show` print it.
enum ExtractedArticle {
    /// Captions are no part of the running text, and have a key of their own.
    static func members(_ revision: Revision) -> [JSON.Member] {
        let body = revision.blocks.filter { $0.kind != .caption && $0.kind != .standfirst }
        let captions = revision.blocks.filter { $0.kind == .caption }
        return [
            .init("headline", JSON(revision.headline)), .init("authors", .array(revision.authors.map { .string($0) })),
            .init("published", JSON(revision.published)), .init("modified", JSON(revision.modified)),
            .init("language", JSON(revision.language)), .init("publisher", JSON(revision.publisher)),
            .init("url", JSON(revision.url)), .init("body", .array(body.map { .string($0.text) })),
            .init("standfirst", .array(revision.blocks.filter { $0.kind == .standfirst }.map { .string($0.text) })),
            .init("kinds", .array(body.map { .string($0.kind.rawValue) })),
            .init("captions", .array(captions.map { .string($0.text) })),
        ]
    }
}
