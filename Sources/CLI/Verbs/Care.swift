import ArgumentParser
import Models
import Storage
import Tracking

struct Reindex: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Rebuilds the catalog from the packs alone.",
        discussion: """
            Example:
              stet reindex
            """)

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let archive = try options.open()
        let damages = try archive.reindex()
        try Tracker.discard(archive)
        for damage in damages { VerifyReport.print("damaged", damage, options.console) }
        let statistics = try archive.statistics()
        options.console.summary(
            "indexed \(Printable.count(statistics.captures, "capture")) of \(Printable.count(statistics.articles, "article"))",
            json: [
                "captures": JSON(statistics.captures), "articles": JSON(statistics.articles),
                "objects": JSON(statistics.objects), "damaged": JSON(damages.count),
            ])
        try VerifyReport.end(damaged: damages.count, distrusted: 0)
    }
}

struct Stats: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows what the archive holds and what it takes.",
        discussion: """
            Example:
              stet stats
            """)

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let archive = try options.open()
        let statistics = try archive.statistics()
        let console = options.console
        for site in statistics.sites {
            console.print(
                "\(Printable.padded(Printable.line(site.site), 36)) \(Printable.count(site.articles, "article")), \(Printable.count(site.captures, "capture")), \(Printable.bytes(site.rawBytes)) raw, \(Printable.bytes(site.storedBytes)) stored",
                json: [
                    "site": .string(site.site), "articles": JSON(site.articles), "captures": JSON(site.captures),
                    "rawBytes": JSON(site.rawBytes), "storedBytes": JSON(site.storedBytes),
                ])
        }
        for log in try archive.logs() {
            console.print(
                "log \(log.origin.short)  \(Printable.padded(Printable.line(log.name, width: 18), 18)) \(Printable.count(log.head.size, "record")), root \(log.head.root.short)",
                json: [
                    "origin": .string(log.origin.description), "name": .string(log.name), "size": JSON(log.head.size),
                    "root": .string(log.head.root.description), "captures": JSON(log.captures),
                ])
        }
        console.summary(sentence(statistics), json: json(statistics))
    }

    private func sentence(_ statistics: Statistics) -> String {
        let ratio = statistics.storedBytes == 0 ? 0 : statistics.rawBytes * 10 / statistics.storedBytes
        return """
            \(Printable.count(statistics.articles, "article")), \(Printable.count(statistics.captures, "capture")), \
            \(Printable.count(statistics.revisions, "revision"))
            \(Printable.bytes(statistics.rawBytes)) raw, \(Printable.bytes(statistics.storedBytes)) in \
            \(Printable.count(statistics.packs, "pack")) (1/\(ratio / 10).\(ratio % 10)), catalog \(Printable.bytes(statistics.catalogBytes))
            \(Printable.count(statistics.bundles, "bundle")) of snapshots, \(Printable.bytes(statistics.bundleBytes))
            at worst a flipped bit costs \(Printable.count(statistics.largestFamilyCaptures, "capture")) \
            (\(Printable.bytes(statistics.largestFamily)) of content), and a read decodes \
            \(Printable.count(statistics.longestChain, "frame")) or \(Printable.bytes(statistics.largestReach))
            """
    }

    private func json(_ statistics: Statistics) -> JSON {
        [
            "articles": JSON(statistics.articles), "captures": JSON(statistics.captures),
            "revisions": JSON(statistics.revisions), "objects": JSON(statistics.objects),
            "packs": JSON(statistics.packs),
            "rawBytes": JSON(statistics.rawBytes), "storedBytes": JSON(statistics.storedBytes),
            "catalogBytes": JSON(statistics.catalogBytes), "largestFamily": JSON(statistics.largestFamily),
            "largestFamilyCaptures": JSON(statistics.largestFamilyCaptures), "bundles": JSON(statistics.bundles),
            "bundleBytes": JSON(statistics.bundleBytes),
            "longestChain": JSON(statistics.longestChain), "largestReach": JSON(statistics.largestReach),
        ]
    }
}

struct GC: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gc",
        abstract: "Merges packs and compresses harder.",
        discussion: """
            Nothing is removed before what replaces it is safe: it may be stopped at any moment, and others may go on capturing. \
            By default large packs are left alone until enough has been captured since; --all takes all of them.

            Example:
              stet gc
            """)

    @Flag(help: "Also large packs that were merged before.")
    var all = false

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let archive = try options.open()
        let console = options.console
        let report = try archive.compact(
            all ? .all : .recent, progress: { done, total in console.progress("merging", done, of: total) },
            waiting: { console.notice("waiting for another process that verifies or merges") })
        console.clearProgress()
        console.summary(
            """
            \(Printable.count(report.packsBefore, "pack")), \(Printable.bytes(report.bytesBefore)) -> \
            \(Printable.count(report.packsAfter, "pack")), \(Printable.bytes(report.bytesAfter))
            """,
            json: [
                "packsBefore": JSON(report.packsBefore), "packsAfter": JSON(report.packsAfter),
                "bytesBefore": JSON(report.bytesBefore), "bytesAfter": JSON(report.bytesAfter),
            ])
    }
}
