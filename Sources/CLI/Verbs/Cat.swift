import ArgumentParser
import Models
import Storage
import Synchronization

struct Cat: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes stored objects exactly as they are, many at a time.",
        discussion: """
            OBJECT is the SHA-256 of a payload, a detail or anything else that is stored; 'stet log --json' names them. With --batch \
            the names come by the standard input, and each object is preceded by a line 'NAME SIZE' and followed by a newline; \
            they come in the order in which they lie in the archive, each once.

            Example:
              stet cat 5d1c… > page.html
            """)

    @Argument(help: "Names of objects.")
    var object: [String] = []

    @Flag(help: "Read names from the standard input, and say before each object what it is.")
    var batch = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if object.isEmpty != batch { throw ValidationError("name objects, or give them to --batch") }
    }

    func run() throws {
        let archive = try options.open()
        let console = options.console
        if !batch {
            for name in object { try archive.stream(try Self.id(name)) { console.write($0) } }
            return
        }
        let text = String(decoding: try Files.readStandardInput(), as: UTF8.self)
        let ids = try text.split(separator: "\n").map { try Self.id(String($0)) }
        let turn = Mutex(())
        try archive.readAll(ids) { id, bytes in
            turn.withLock { _ in
                console.write(Array("\(id) \(bytes.count)\n".utf8))
                console.write(bytes)
                console.write([UInt8(ascii: "\n")])
            }
        }
    }

    private static func id(_ text: String) throws -> ObjectID {
        guard let id = ObjectID(text) else {
            throw Failure("usage", exit: 64, "'\(text.prefix(80))' names no object", "a name is 64 digits 0-9a-f")
        }
        return id
    }
}
