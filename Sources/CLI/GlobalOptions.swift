import ArgumentParser
import Capturing
import Models
import Storage

/// What every verb understands.
struct GlobalOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The archive's folder.", valueName: "dir"))
    var archive: String?

    @Flag(help: "One JSON object a line, and a last one with the summary.")
    var json = false

    @Flag(name: .shortAndLong, help: "No notices and no progress.")
    var quiet = false

    @Option(help: ArgumentHelp("auto, always or never. NO_COLOR counts too.", valueName: "when"))
    var color: ColorChoice = .auto

    enum ColorChoice: String, ExpressibleByArgument, CaseIterable { case auto, always, never }

    var console: Console { Console(options: self) }

    /// The archive that the user means.
    func open() throws -> Archive {
        guard let path = try Environment.archivePath(stated: archive) else { throw Failure.noArchive }
        let archive = try Archive(opening: path, interpreter: .articles, clock: Environment.now)
        Interrupted.finishForgetting(in: archive, console)
        return archive
    }

    /// `stet --archive DIR VERB` reads as `stet VERB --archive DIR`.
    static func movedBehindVerb(_ arguments: [String]) -> [String] {
        var moved: [String] = []
        var rest = arguments[...]
        while let first = rest.first, first.hasPrefix("-"), first.count > 1 {
            let name = first.prefix { $0 != "=" }
            let takesValue = name == "--archive" || name == "--color"
            guard takesValue || ["--json", "--quiet", "-q"].contains(name) else { return arguments }
            moved.append(String(rest.removeFirst()))
            if takesValue, !first.contains("="), let value = rest.first {
                moved.append(value)
                rest.removeFirst()
            }
        }
        guard let verb = rest.first else { return arguments }
        // A verb with verbs of its own takes them first.
        let words = ["trust", "key", "timestamp", "remote"].contains(verb) && rest.count > 1 ? 2 : 1
        return Array(rest.prefix(words)) + moved + Array(rest.dropFirst(words))
    }
}
