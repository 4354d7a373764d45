import Database
import Kernel
import Messages
import People

/// What people are told of proposals. What a household voted is in none of it.
struct ProposalNotices: Sendable {
  let directory: Directory
  let messenger: Messenger

  static let screened = MessageKind(
    "policy.proposal_screened", name: ("您的提案", "Your proposal"),
    headline: ("您的提案有了回音", "about your proposal"))
  static let vote = MessageKind(
    "policy.proposal_vote", name: ("社区投票", "Vote in the community"),
    headline: ("社区有件事请您投票", "please vote"), patience: .days(7))
  static let told = MessageKind(
    "policy.proposal_told", name: ("提案的结果", "What came of a proposal"),
    headline: ("投过票的事有了结果", "news of a proposal"), patience: .days(7))
  static let desk = MessageKind(
    "policy.proposal_desk", name: ("提案要处理", "Proposals to see to"),
    headline: ("有提案等您处理", "proposals wait"))
  static let overdue = MessageKind(
    "policy.proposal_overdue", name: ("提案答复到期", "Answer to a proposal is due"),
    headline: ("有提案还没答复", "an answer is due"))

  static let kinds = [screened, vote, told, desk, overdue]

  // MARK: - The station and the committee

  /// Something came in; workers are told once a day.
  func submitted(_ proposal: Proposal, in transaction: Transaction) throws {
    try tellDesk(
      except: proposal.madeBy.person, "submitted-\(Self.day(transaction))",
      Phrase("有新的提案，请看一看。", "There is a new proposal to look at."), path: "/proposal-desk",
      in: transaction)
  }

  /// Something that was said was reported; workers are told once a day.
  func reported(_ proposal: ProposalID, in transaction: Transaction) throws {
    try tellDesk(
      except: nil, "reported-\(Self.day(transaction))",
      Phrase("讨论里有一条发言被举报，请看一看。", "Something that was said of a proposal was reported."),
      path: "/proposal-desk/\(proposal)", in: transaction)
  }

  /// A vote is over and waits to be counted.
  func waitsForCount(_ proposal: Proposal, in transaction: Transaction) throws {
    let people = try holders([.socialWorker, .supervisor, .committee], in: transaction)
    try messenger.send(
      people.map {
        Message(
          to: $0, Self.desk, about: proposal.id.rawValue, occasion: "count",
          Phrase(
            "“\(proposal.title)”投票结束了，请计票。", "The vote on “\(proposal.title)” is over; please count it."),
          path: "/proposal-desk/\(proposal.id)")
      }, in: transaction)
  }

  /// The committee is asked for an answer.
  func sent(_ proposal: Proposal, _ addressee: ProposalAddressee, in transaction: Transaction) throws {
    guard addressee == .committee else { return }
    try messenger.send(
      try holders([.committee], in: transaction).map {
        Message(
          to: $0, Self.desk, about: proposal.id.rawValue, occasion: "sent-\(proposal.standing.events)",
          Phrase("居民通过了“\(proposal.title)”，请答复。", "Residents passed “\(proposal.title)”; please answer."),
          path: "/proposal-desk/\(proposal.id)")
      }, in: transaction)
  }

  /// The day has passed without an answer: the committee and the station hear of it.
  ///
  /// - Parameter week: how many weeks ago, so that each reminder is one of its own.
  func overdue(_ proposal: Proposal, week: Int64, in transaction: Transaction) throws {
    let people = try holders([.committee, .socialWorker, .supervisor], in: transaction)
    try messenger.send(
      people.map {
        Message(
          to: $0, Self.overdue, about: proposal.id.rawValue,
          occasion: "overdue-\(proposal.standing.events)-\(week)",
          Phrase("“\(proposal.title)”的答复到期了。", "The answer to “\(proposal.title)” is due."),
          path: "/proposal-desk/\(proposal.id)")
      }, in: transaction)
  }

  private func tellDesk(
    except person: PersonID?, _ occasion: String, _ text: Phrase, path: String, in transaction: Transaction
  ) throws {
    let workers = try holders([.socialWorker], in: transaction)
    try messenger.send(
      workers.filter { $0 != person }.map {
        Message(
          to: $0, Self.desk, about: transaction.community.rawValue, occasion: occasion, text, path: path)
      }, in: transaction)
  }

  /// Everybody who holds one of these roles, each once.
  private func holders(_ roles: [Role], in transaction: Transaction) throws -> [PersonID] {
    Set(
      try roles.flatMap {
        try directory.persons(holding: $0, in: transaction.community, transaction)
      }
    ).sorted()
  }

  private static func day(_ transaction: Transaction) -> Int64 { transaction.now.seconds / 86_400 }

  // MARK: - The author

  func screened(_ proposal: Proposal, in transaction: Transaction) throws {
    let text: Phrase =
      switch proposal.standing.state {
      case .discussion: Phrase("您的提案公开了，大家可以讨论。", "Your proposal is open for discussion.")
      case .merged:
        Phrase("您的提案和一个相近的并在一起了。", "Your proposal was merged with one like it.")
      default: Phrase("您的提案没有采用，理由写在里面。", "Your proposal was not taken up; the reason is there.")
      }
    try tellAuthor(of: proposal, "screened", text, in: transaction)
  }

  func counted(_ proposal: Proposal, in transaction: Transaction) throws {
    let text =
      proposal.standing.isPassed == true
      ? Phrase("您的提案投票通过了。", "Your proposal passed the vote.")
      : Phrase("您的提案投票没有通过。", "Your proposal did not pass the vote.")
    try tellAuthor(of: proposal, "counted", text, in: transaction)
  }

  func tellAuthor(
    of proposal: Proposal, _ occasion: String, _ text: Phrase, in transaction: Transaction
  ) throws {
    guard let author = proposal.author else { return }
    try messenger.send(
      [
        Message(
          to: author, Self.screened, about: proposal.id.rawValue, occasion: occasion, text,
          path: "/proposals/\(proposal.id)")
      ], in: transaction)
  }

  // MARK: - Households

  /// Tells one person of each of these households.
  func tell(
    _ households: [HouseholdID], _ news: ProposalNews, of proposal: Proposal, in transaction: Transaction
  ) throws {
    let first = try directory.firstPersons(of: households, in: transaction.community, transaction)
    try messenger.send(
      households.compactMap { first[$0] }.map {
        Message(
          to: $0, news.kind, about: proposal.id.rawValue, occasion: news.rawValue, news.text(of: proposal),
          path: news.path(of: proposal))
      }, in: transaction)
  }
}

/// What many households are told of a proposal, in parts.
enum ProposalNews: String, Sendable, CaseIterable {
  /// To all households: votes are taken.
  case vote
  /// To those that voted: there is an official answer.
  case answer
  /// To those that voted: it is done.
  case done

  var kind: MessageKind { self == .vote ? ProposalNotices.vote : ProposalNotices.told }

  func text(of proposal: Proposal) -> Phrase {
    switch self {
    case .vote:
      Phrase(
        "“\(proposal.title)”开始投票，一户一票。", "The vote on “\(proposal.title)” is open, one for each household.")
    case .answer:
      Phrase("“\(proposal.title)”有了正式答复。", "There is an official answer to “\(proposal.title)”.")
    case .done: Phrase("“\(proposal.title)”办完了。", "“\(proposal.title)” is done.")
    }
  }

  func path(of proposal: Proposal) -> String {
    switch self {
    case .vote: "/proposals/\(proposal.id)/vote"
    case .answer: "/proposals/\(proposal.id)"
    case .done: "/results/\(proposal.id)"
    }
  }
}
