import ArgumentParser
import Capturing
import Exporting
import Models
import Storage
import SyncEngine
import Tracking
import Viewer

/// An error as the user sees it: what happened, what to do, and the exit code. Every error is mapped here.
struct Failure: Error {
    /// Stable, for programs.
    let code: String
    let exit: Int32
    let message: String
    let hint: String

    init(_ code: String, exit: Int32, _ message: String, _ hint: String) {
        self.code = code
        self.exit = exit
        self.message = message
        self.hint = hint
    }

    init(usage message: String) {
        let words = message.hasPrefix("Error: ") ? String(message.dropFirst(7)) : message
        self.init("usage", exit: 64, words.hasSuffix(".") ? String(words.dropLast()) : words, "see 'stet help'")
    }

    static let noArchive = Failure(
        "noArchive", exit: 10, "no archive here",
        "make one with 'stet init DIR', or name one with --archive DIR or $STET_ARCHIVE")
    static let noHome = Failure(
        "noHome", exit: 64, "neither $XDG_CONFIG_HOME nor $HOME is set", "set one: keys and trust are kept there")

    /// Nil for errors that are not stet's own: those of the argument parser.
    init?(_ error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case let error as ArchiveError: self.init(error)
        case let error as SyncError: self.init(error)
        case let error as ProofError: self.init(error)
        case let error as ExportError: self.init(error)
        case let fault as ProofFault: self.init(fault)
        case let error as StampingError: self.init(error)
        case let error as AgeError: self.init(error, about: "the key or recipient")
        case let error as FileError: self.init(error)
        case let fault as WatchList.Fault:
            self.init("badList", exit: 65, "line \(fault.line) of the list: \(fault.reason)", "see 'stet help watch'")
        case let error as FormatError:
            self.init("damaged", exit: 13, "\(error)", "take that file away if nothing else helps: it is made anew")
        case let busy as WatchBusy:
            self.init("busy", exit: 11, "\(busy.path) is watched by another process", "end that one first")
        case let error as ListeningError: self.init(error)
        case let error as TrackingError:
            self.init(
                "tracking", exit: 74, "tracking.sqlite: \(error)",
                "make room if the disk is full; else delete that file, which is a cache, and run the command again")
        default: return nil
        }
    }

    init(_ error: ListeningError) {
        let place = "\(Printable.line(error.address)), port \(error.port)"
        switch error.reason {
        case .inUse:
            self.init(
                "portInUse", exit: 74, "something else listens at \(place)",
                "perhaps another 'stet serve'; choose another --port, or 0 for one that is free")
        case .notPermitted:
            self.init(
                "notPermitted", exit: 74, "the system does not let you listen at \(place)", "choose a --port above 1023"
            )
        case .elsewhere:
            self.init(
                "noSuchAddress", exit: 64, "\(Printable.line(error.address)) is no address of this machine",
                "'ip address' lists them")
        case .unknown:
            self.init(
                "noSuchAddress", exit: 64, "\(Printable.line(error.address)) is neither an address nor a known name",
                "write an IP address of this machine, such as 127.0.0.1")
        case .unguarded:
            self.init(
                "unguarded", exit: 64, "\(Printable.line(error.address)) is an address that others can reach",
                "write 127.0.0.1 for this machine alone")
        case .other(let text):
            self.init("io", exit: 74, "nothing can listen at \(place): \(text)", "choose another --port")
        }
    }

    static let brokenOutput = Failure(
        "io", exit: 74, "the output could not be written", "is the disk full, or the reader gone?")

    /// Nothing was received by any of the addresses named.
    init(unreceived address: String, _ reason: String) {
        self.init(
            "unreachable", exit: 69, "\(address): \(reason)",
            "the attempt is recorded, and says nothing about the page; try again later")
    }

    init(_ error: FileError) {
        if error.isOutOfSpace {
            self.init(
                "diskFull", exit: 74, error.description,
                "make room and run the same command again; nothing is half-written")
        } else if error.isMissing {
            self.init("noInput", exit: 66, error.description, "check the name")
        } else {
            self.init("io", exit: 74, error.description, "check permissions and the disk")
        }
    }

    init(_ damage: Damage) {
        self.init(
            "damaged", exit: 13, "damaged: \(damage)",
            "run 'stet verify' to see everything that is damaged; restore from a copy what you need")
    }

    init(_ error: ArchiveError) {
        switch error {
        case .noArchive(let path):
            self.init(
                "noArchive", exit: 10, "no archive in \(path)", "make one with 'stet init DIR', or check --archive")
        case .occupied(let path):
            self.init("occupied", exit: 64, "\(path) is not empty", "name a folder that is empty or not there yet")
        case .newerFormat(let path, let format):
            self.init(
                "newerFormat", exit: 10, "\(path) has format \(format), made by a newer stet", "install that version")
        case .busy(let path, let seconds):
            self.init(
                "busy", exit: 11, "another process held \(path) for \(seconds) seconds", "try again when it is done")
        case .damaged(let damage): self.init(damage)
        case .noSuchArticle(let text):
            self.init("noSuchArticle", exit: 66, "no article fits '\(text)'", "'stet articles' lists them")
        case .ambiguousArticle(let text, let keys):
            let some = keys.prefix(5).joined(separator: ", ") + (keys.count > 5 ? " …" : "")
            self.init(
                "ambiguousArticle", exit: 64, "\(keys.count) articles fit '\(text)': \(some)", "write more of the key")
        case .noSuchRevision(let article, let number, let count):
            self.init(
                "noSuchRevision", exit: 66, "\(article) has \(Printable.count(count, "revision")), and no @\(number)",
                "'stet log' lists them")
        case .noSuchCapture(let name):
            self.init("noSuchCapture", exit: 66, "no capture \(name)", "'stet log' names them")
        case .forked(let origin, let index):
            self.init(
                "fork", exit: 12, "two different records claim place \(index) in the log of \(origin.short)",
                "the archive's folder was copied and used twice; keep both and ask who else holds this archive")
        case .format(let error): self.init("damaged", exit: 13, "\(error)", "run 'stet verify'")
        case .file(let error): self.init(error)
        case .catalog(let reason):
            self.init(
                "catalog", exit: 74, "the catalog cannot be used (\(reason))",
                "delete catalog.sqlite and run 'stet reindex'")
        case .compression(let reason):
            self.init("io", exit: 74, "compressing failed (\(reason))", "free some memory and try again")
        }
    }

    init(_ error: ExportError) {
        switch error {
        case .archive(let error): self.init(error)
        case .key(let reason):
            self.init(
                "unusableKey", exit: 65, "the key for WACZ files cannot be used: \(reason)",
                "move that file away; a new key is made the next time")
        }
    }
}
