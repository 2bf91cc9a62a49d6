internal import Models
internal import Storage

/// Sorts lines of which there are more than memory should hold: sorted parts go to a temporary file and are merged.
final class LineSorter {
    private let folder: String
    private let largest: Int
    private var lines: [[UInt8]] = []
    private var held = 0
    private var spill: OutputFile?
    private var spilled = 0
    private var runs: [Range<Int>] = []

    /// - Parameters:
    ///   - folder: where a temporary file may be made.
    ///   - largest: how many bytes of lines are held.
    init(folder: String, largest: Int = 8 << 20) {
        self.folder = folder
        self.largest = largest
    }

    func add(_ line: String) throws(ArchiveError) {
        let bytes = Array(line.utf8)
        lines.append(bytes)
        // An array of its own costs some bytes besides.
        held += bytes.count + 48
        if held >= largest { try write() }
    }

    /// Hands over all lines in the order of their bytes.
    func drain(_ body: ([UInt8]) throws(ArchiveError) -> Void) throws(ArchiveError) {
        sort()
        guard let spill else {
            for line in lines { try body(line) }
            return
        }
        if !lines.isEmpty { try write() }
        var readers = runs.map { RunReader(spill, $0) }
        for index in readers.indices { try readers[index].advance() }
        while true {
            var least: Int?
            for index in readers.indices {
                guard let line = readers[index].line else { continue }
                if let known = least, let best = readers[known].line, !line.lexicographicallyPrecedes(best) { continue }
                least = index
            }
            guard let least, let line = readers[least].line else { return }
            try body(line)
            try readers[least].advance()
        }
    }

    func discard() throws(ArchiveError) {
        guard let spill else { return }
        try exporting { () throws(FileError) in try Files.remove(spill.temporary) }
    }

    private func sort() { lines.sort { $0.lexicographicallyPrecedes($1) } }

    private func write() throws(ArchiveError) {
        sort()
        let file: OutputFile
        if let spill { file = spill } else { file = try OutputFile(beside: "\(folder)/lines") }
        spill = file
        var bytes: [UInt8] = []
        for line in lines { bytes += line + [UInt8(ascii: "\n")] }
        try file.write(bytes)
        runs.append(spilled..<spilled + bytes.count)
        spilled += bytes.count
        lines = []
        held = 0
    }
}

/// The lines of a sorted part.
private struct RunReader {
    private let file: OutputFile
    private var rest: Range<Int>
    private var held: [UInt8] = []
    private var at = 0
    private(set) var line: [UInt8]?

    init(_ file: OutputFile, _ run: Range<Int>) {
        self.file = file
        rest = run
    }

    mutating func advance() throws(ArchiveError) {
        while true {
            if let end = held[at...].firstIndex(of: UInt8(ascii: "\n")) {
                line = Array(held[at..<end])
                at = end + 1
                return
            }
            guard !rest.isEmpty else {
                line = nil
                return
            }
            let more = try file.read(min(1 << 16, rest.count), at: rest.lowerBound)
            rest = (rest.lowerBound + more.count)..<rest.upperBound
            held = Array(held[at...]) + more
            at = 0
            guard !more.isEmpty else {
                rest = rest.upperBound..<rest.upperBound
                continue
            }
        }
    }
}
