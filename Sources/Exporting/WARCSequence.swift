internal import Models
internal import Storage
internal import WebArchives

/// Writes records one after the other, and begins a new file where one would become too large.
final class WARCSequence {
    /// Where a record begins.
    struct Place {
        let file: String
        let offset: Int

        static func + (place: Place, bytes: Int) -> Place { Place(file: place.file, offset: place.offset + bytes) }
    }

    private let destination: any WARCDestination
    private let encoder: RecordEncoder
    private let facts: ExportFacts
    private let largest: Int
    private var number = 0
    private var file = ""
    private var position = 0
    private var beginning = 0

    init(_ destination: any WARCDestination, _ encoder: RecordEncoder, _ facts: ExportFacts, largest: Int) {
        self.destination = destination
        self.encoder = encoder
        self.facts = facts
        self.largest = largest
    }

    /// Makes room for what belongs together: it is not split. What is larger than a file may be has a file of its own.
    func place(for bytes: Int) throws(ArchiveError) -> Place {
        if number == 0 || (position > beginning && position + bytes > largest) { try next() }
        return Place(file: file, offset: position)
    }

    func write(_ bytes: [UInt8]) throws(ArchiveError) {
        try destination.write(bytes)
        position += bytes.count
    }

    var offset: Int { position }

    /// An export of nothing has one file, too, that says so.
    func finish() throws(ArchiveError) {
        if number == 0 { try next() }
        try destination.end()
    }

    private func next() throws(ArchiveError) {
        if number > 0 { try destination.end() }
        number += 1
        file = destination.name(of: number)
        try destination.begin(file)
        position = 0
        try write(encoder.info(file: file, facts))
        beginning = position
    }
}
