private import CClock
internal import Glibc
public import Models

/// What fetching takes from the machine and the world: given from outside, so that weeks pass in seconds where that is wanted.
public struct Surroundings: Sendable {
    public var now: @Sendable () -> Timestamp
    public var sleep: @Sendable (_ milliseconds: Int) -> Void
    /// Any number from 0 up to this one.
    public var random: @Sendable (Int) -> Int
    /// Whether something keeps the machine's clock right; nil where the machine does not say.
    public var isClockSynchronised: @Sendable () -> Bool?

    /// Nothing is tried again from then on; nil where nobody stops.
    public var isStopped: (@Sendable () -> Bool)?

    public init(
        now: @escaping @Sendable () -> Timestamp,
        sleep: @escaping @Sendable (Int) -> Void = Self.rest,
        random: @escaping @Sendable (Int) -> Int = { Int.random(in: 0...max(0, $0)) },
        isClockSynchronised: @escaping @Sendable () -> Bool? = Self.kernelsWord
    ) {
        self.now = now
        self.sleep = sleep
        self.random = random
        self.isClockSynchronised = isClockSynchronised
    }

    @Sendable public static func rest(_ milliseconds: Int) {
        var time = timespec(tv_sec: max(0, milliseconds) / 1000, tv_nsec: max(0, milliseconds) % 1000 * 1_000_000)
        nanosleep(&time, nil)
    }

    /// As the kernel knows it from whoever disciplines the clock (adjtimex(2)).
    @Sendable public static func kernelsWord() -> Bool? {
        switch stet_clock_is_synchronised() {
        case 0: false
        case 1: true
        default: nil
        }
    }
}
