import Glibc

/// A passphrase for an encrypted remote: `STET_PASSPHRASE`, else typed on the terminal, where it is not shown.
enum Passphrase {
    /// One to encrypt to.
    static func chosen() throws -> String {
        if let text = Environment.variable("STET_PASSPHRASE"), !text.isEmpty { return text }
        guard let first = typed("Passphrase for the remote: "), let second = typed("Again: ") else {
            throw Failure(
                "noPassphrase", exit: 64, "there is no terminal to type a passphrase on",
                "set STET_PASSPHRASE, or encrypt to keys")
        }
        guard first == second, !first.isEmpty else {
            throw Failure("noPassphrase", exit: 64, "the two are not the same, or empty", "try again")
        }
        return first
    }

    /// One that was given without being asked for.
    static func given() throws -> String? {
        Environment.variable("STET_PASSPHRASE").flatMap { $0.isEmpty ? nil : $0 }
    }

    static func typed(_ question: String) -> String? {
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
        guard terminal >= 0 else { return nil }
        defer { close(terminal) }
        var before = termios()
        guard tcgetattr(terminal, &before) == 0 else { return nil }
        var quiet = before
        quiet.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(terminal, TCSAFLUSH, &quiet)
        defer { tcsetattr(terminal, TCSAFLUSH, &before) }
        var text = question
        text.withUTF8 { _ = write(terminal, $0.baseAddress, $0.count) }
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while read(terminal, &byte, 1) == 1, byte != UInt8(ascii: "\n"), bytes.count < 4096 { bytes.append(byte) }
        var end = "\n"
        end.withUTF8 { _ = write(terminal, $0.baseAddress, $0.count) }
        return String(validating: bytes, as: UTF8.self)
    }
}
