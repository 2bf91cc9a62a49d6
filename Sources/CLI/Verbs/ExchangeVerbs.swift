import ArgumentParser
import Models
import Storage
import SyncEngine

struct Push: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Signs what is new and brings it to a remote.",
        discussion: """
            Only what is missing there travels, the snapshots of other origins held here included. Whoever is stopped runs it again: it \
            goes on. Sent twice, nothing is written. With --site, --article or --since only the content of what is chosen travels; of the \
            rest the log's lines do, which say nothing of what they are about, so that the log can still be verified.

            Example:
              stet push /media/stick
            """)

    @OptionGroup var exchange: ExchangeOptions
    @OptionGroup var selection: SelectionOptions
    @OptionGroup var options: GlobalOptions

    func run() throws {
        let exchange = try Exchange(self.exchange, options, choosing: selection)
        try exchange.push()
        try exchange.finish()
    }
}

struct Pull: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Takes in what others have brought to a remote.",
        discussion: """
            Everything is verified first: every signature, every byte, and that each log only adds to what was seen of it. Logs are \
            taken whole or not at all; one that is refused does not keep the others from coming.

            Example:
              stet pull /media/stick
            """)

    @OptionGroup var exchange: ExchangeOptions
    @OptionGroup var options: GlobalOptions

    func run() throws {
        let exchange = try Exchange(self.exchange, options)
        try exchange.pull()
        try exchange.finish()
    }
}

struct Sync: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Pulls, then pushes.",
        discussion: """
            Archives that exchange by one remote, in any order and any number of times, end with the same content. Repeated with \
            nothing new, nothing is written.

            Example:
              stet sync stick
            """)

    @OptionGroup var exchange: ExchangeOptions
    @OptionGroup var selection: SelectionOptions
    @OptionGroup var options: GlobalOptions

    func run() throws {
        let exchange = try Exchange(self.exchange, options, choosing: selection)
        try exchange.pull()
        try exchange.push()
        try exchange.finish()
    }
}
