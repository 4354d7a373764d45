import Database
import Interop
import Kernel

/// The bill of a payment service about one day, as one community waits for it.
struct ServiceBill: Sendable, Equatable {
  enum State: String, Sendable, CaseIterable, Storable {
    case waiting
    /// Taken as a statement.
    case imported
    /// There is no bill of that day, or it tells this community nothing that it did not know.
    case nothing
    /// It did not come in all this time, or cannot be read: a person has to fetch it.
    case failed
  }

  let account: StatementAccount
  /// The day in China that it tells of, in days since 1970-01-01.
  let day: Int64
  var state: State = .waiting
  /// Since when it should be there.
  let expectedAt: Timestamp
  /// When it is asked for next; nil once it is not waited for any more.
  var askAt: Timestamp?
  var asked = 0
  /// Why it was not taken the last time it was asked for; a stable code, such as `gateway.no_answer`.
  var doubt: String?
  var statement: StatementImportID?

  /// The first moment of the day.
  var start: Timestamp { Timestamp(seconds: day * 86_400 - Int64(ChinaTime.offsetSeconds)) }
}

extension ServiceBill {
  /// The day whose bill should be there by now: yesterday's from half past ten in the morning in China, since WeChat Pay
  /// makes them at about ten and Alipay earlier.
  static func latestDay(at now: Timestamp) -> Int64 {
    let civil = CivilDateTime(now, offsetSeconds: ChinaTime.offsetSeconds)
    return civil.dayNumber - ((civil.hour, civil.minute) < (10, 30) ? 2 : 1)
  }

  /// Days that are fetched afterwards, where the program stood still or could not reach anybody.
  static let longestGap: Int64 = 31

  /// The days that a community begins to wait for.
  /// - Parameter last: the newest that it knows; nil for a service that was just set up, which has nothing earlier to tell.
  static func days(after last: Int64?, upTo latest: Int64) -> [Int64] {
    let first = max((last ?? latest - 1) + 1, latest - longestGap + 1)
    return first <= latest ? Array(first...latest) : []
  }

  /// For how long nobody else fetches a bill that somebody has begun to fetch.
  static let lease = Duration.minutes(10)

  /// Pauses between two questions; the last one is repeated.
  private static let pauses: [Duration] = [
    .minutes(10), .minutes(30), .hours(1), .hours(2), .hours(6), .hours(12),
  ]
  /// A service that says for so long that it has no bill has none: no trade was made that day.
  private static let patienceWithNone = Duration.days(1)
  private static let patienceWithDoubt = Duration.days(30)

  /// What a question came to, short of a bill that was taken.
  enum Answer: Sendable, Equatable {
    /// The service has no bill, or not yet.
    case none
    /// Nobody knows, or the bill is not to be read; a stable code.
    case doubt(String)
    /// The bill was read, and holds nothing new.
    case nothingNew
    /// It was read, and asking again would change nothing; a stable code.
    case refused(String)
  }

  /// How it is waited for after an answer.
  func after(_ answer: Answer, at now: Timestamp) -> ServiceBill {
    var bill = self
    bill.asked += 1
    bill.askAt = now + Self.pauses[min(asked, Self.pauses.count - 1)]
    bill.doubt = nil
    func end(_ state: State) {
      bill.state = state
      bill.askAt = nil
    }
    switch answer {
    case .none where now >= expectedAt + Self.patienceWithNone: end(.nothing)
    case .none: break
    case .doubt(let code):
      bill.doubt = code
      if now >= expectedAt + Self.patienceWithDoubt { end(.failed) }
    case .nothingNew: end(.nothing)
    case .refused(let code):
      bill.doubt = code
      end(.failed)
    }
    return bill
  }
}

extension BankStatement {
  /// What of a bill concerns one community. One account at a payment service may take money for several: a line belongs to
  /// the community whose payment or refund it names, and one that names nobody's to the first of them, so that each is
  /// seen exactly once.
  ///
  /// - Parameters:
  ///   - owners: the communities of the payments and refunds that are named, by those numbers.
  ///   - first: the community that sees what nobody knows.
  func share(of community: CommunityID, owners: [String: CommunityID], first: CommunityID) -> BankStatement {
    BankStatement(
      format: format, lines: lines.filter { $0.numbers.owner(owners) ?? first == community },
      remarks: remarks,
      unknownHeadings: unknownHeadings)
  }
}

extension StatementLine.TradeNumbers {
  fileprivate func owner(_ owners: [String: CommunityID]) -> CommunityID? {
    for number in [refund, payment, transaction] {
      if let owner = number.flatMap({ owners[$0] }) { return owner }
    }
    return nil
  }
}

extension DailyBill {
  /// What it tells.
  /// - Throws: what `BankStatement.read` throws, and the problems of a zip archive.
  func statement() throws -> BankStatement {
    switch format {
    case .weChatPay: return try BankStatement.read(bytes, offsetSeconds: ChinaTime.offsetSeconds)
    case .alipay:
      // Beside the lines lies a summary of them, which has other headings.
      for file in try ZippedFiles.contents(bytes) {
        do {
          return try BankStatement.read(file.bytes, offsetSeconds: ChinaTime.offsetSeconds)
        } catch let problem as Problem where problem.code == "statement.unknown" {
          continue
        }
      }
      throw Problem.statementUnknown(isMapped: false)
    }
  }
}
