import ArgumentParser
import Capturing
import Models
import Storage
import SyncEngine

struct Adopt: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Saves what a copy of an archive recorded after the two went separate ways.",
        discussion: """
            An archive's folder that was copied by hand and used on two machines has two logs under one name, and only one of them can go \
            on. Go on with the one that others have, and adopt from the other: what only it recorded is appended here, verbatim. Nothing \
            is lost; afterwards the copy is no longer needed.

            Example:
              stet restore /media/stick press-2 && stet adopt ~/press --archive press-2
            """)

    @Argument(help: "The folder of the copy that will not be used any more.")
    var copy: String

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let archive = try options.open()
        let path = Environment.absolute(copy)
        guard path != archive.path else { throw ValidationError("an archive cannot adopt from itself") }
        let other = try Archive(opening: path, interpreter: .articles, clock: Environment.now)
        let adopter = Adopter(archive, from: other, tool: Version.tool)
        var (records, captures) = (0, 0)
        for tail in try adopter.tails() {
            let name = "'\(Printable.line(tail.name))' (\(tail.origin.short))"
            guard !tail.isOnlyAhead else {
                options.console.notice(
                    "the copy has \(Printable.count(tail.size - tail.first, "record")) of \(name) that do not contradict what is here: push them from there, pull them here"
                )
                continue
            }
            let adopted = try adopter.adopt(tail, place: path)
            records += adopted.records
            captures += adopted.captures
            options.console.print(
                "adopted \(Printable.count(adopted.records, "record")) (\(Printable.count(adopted.captures, "capture"))) of \(name), from record \(tail.first) on",
                json: [
                    "origin": .string(tail.origin.description), "first": JSON(tail.first), "size": JSON(tail.size),
                    "records": JSON(adopted.records), "captures": JSON(adopted.captures),
                ])
            if adopted.withdrawals > 0 {
                options.console.notice(
                    "\(Printable.count(adopted.withdrawals, "withdrawal")) among them: what was to be forgotten there must be forgotten here, too"
                )
            }
        }
        options.console.summary(
            records == 0 ? "nothing to adopt" : "adopted \(Printable.count(captures, "capture"))",
            json: ["records": JSON(records), "captures": JSON(captures)])
    }
}
