internal import Models
internal import Storage

/// Where the WARC files of an export go: a folder, or one WACZ file.
protocol WARCDestination: AnyObject {
    /// The name of a file, from 1.
    func name(of number: Int) -> String
    func begin(_ file: String) throws(ArchiveError)
    func write(_ bytes: [UInt8]) throws(ArchiveError)
    func end() throws(ArchiveError)
}

/// A file under a temporary name. A class because it is written to over time and a destination may have one or none.
final class OutputFile {
    let temporary: String
    private let file: OpenFile

    init(beside path: String) throws(ArchiveError) {
        let temporary = Files.temporaryName(beside: path)
        self.temporary = temporary
        file = try exporting { () throws(FileError) in try OpenFile(creating: temporary) }
    }

    func write(_ bytes: [UInt8]) throws(ArchiveError) {
        try exporting { () throws(FileError) in try file.write(bytes) }
    }

    func overwrite(_ bytes: [UInt8], at offset: Int) throws(ArchiveError) {
        try exporting { () throws(FileError) in try file.overwrite(bytes, at: offset) }
    }

    func sync() throws(ArchiveError) {
        try exporting { () throws(FileError) in try file.sync() }
    }

    func read(_ count: Int, at offset: Int) throws(ArchiveError) -> [UInt8] {
        try exporting { () throws(FileError) in try file.read(count, at: offset) }
    }
}

/// Runs `body`, its file errors becoming the archive's.
func exporting<Value: ~Copyable>(_ body: () throws(FileError) -> Value) throws(ArchiveError) -> Value {
    do throws(FileError) { return try body() } catch { throw .file(error) }
}

/// WARC files in a folder. All have temporary names until all are complete.
final class WARCFolder: WARCDestination {
    /// The path of the first file without its ending; the others have a number besides.
    private let stem: String
    private let ending: String
    private let isNumbered: Bool
    private var open: OutputFile?
    private var done: [(temporary: String, name: String)] = []
    private var current = ""

    /// - Parameter isNumbered: whether the first file has a number, too.
    init(stem: String, ending: String, isNumbered: Bool) {
        self.stem = stem
        self.ending = ending
        self.isNumbered = isNumbered
    }

    private var folder: String { Files.folder(of: stem) }

    func name(of number: Int) -> String {
        let digits = String(number)
        let padded = String(repeating: "0", count: max(0, 5 - digits.utf8.count)) + digits
        return Files.name(of: stem) + (number > 1 || isNumbered ? "-\(padded)" : "") + ending
    }

    func begin(_ file: String) throws(ArchiveError) {
        let folder = folder
        try exporting { () throws(FileError) in
            try Files.makeFolder(folder)
            try Files.sweepTemporaries(in: folder)
        }
        let output = try OutputFile(beside: "\(folder)/\(file)")
        open = output
        current = file
        done.append((output.temporary, file))
    }

    func write(_ bytes: [UInt8]) throws(ArchiveError) { try open?.write(bytes) }

    func end() throws(ArchiveError) {
        try open?.sync()
        open = nil
    }

    /// Gives the files their names.
    ///
    /// - Returns: their paths.
    func publish() throws(ArchiveError) -> [String] {
        let (done, folder) = (done, folder)
        try exporting { () throws(FileError) in
            for (temporary, name) in done { try Files.rename(temporary, to: "\(folder)/\(name)") }
            try Files.syncFolder(folder)
        }
        self.done = []
        return done.map { "\(folder)/\($0.name)" }
    }

    /// After a failure: nothing half-written stays.
    func discard() throws(ArchiveError) {
        open = nil
        for (temporary, _) in done { try exporting { () throws(FileError) in try Files.remove(temporary) } }
    }
}
