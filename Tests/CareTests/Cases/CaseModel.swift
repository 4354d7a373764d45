import Kernel
import TestKit

@testable import Care

/// What a case may be asked to do, as a random player asks it.
enum CasePlay: CaseIterable, Sendable {
  case agree, refuse, withdraw, ground, unground
  case assess, plan, submit, approve, approveOwn, sendBack, clientAgrees, clientDeclines, intervene
  case propose, proposeWithoutView, proposeEarly, decide, decideOwn, rejectClosing
  case refer, revokeReferral, sendWithoutConsent
  case forward, back, end, reopen
}

/// The gates of casework once more, kept in a few plain marks and sharing nothing with the rules that are tested.
struct CaseModel: Sendable {
  enum Consent { case unasked, given, refused, withdrawn }
  enum Paper { case none, draft, pending, approved, sentBack }
  enum Closing { case none, waiting(view: Bool, early: Bool), approved(view: Bool, early: Bool), rejected }

  var stage = 0
  var consent = Consent.unasked
  var hasLaw = false
  var hasAssessment = false
  var plan = Paper.none
  var agreed = false
  var hasIntervention = false
  var closing = Closing.none
  var openReferrals = 0

  var isGrounded: Bool { consent == .given || hasLaw }
  /// A worker writes at intake without being asked, later with a ground, and never in a closed case.
  var mayWrite: Bool { stage != 5 && (stage == 0 || isGrounded) }

  /// Plays, and says whether the play should be allowed.
  mutating func play(_ play: CasePlay) -> Bool {
    switch play {
    case .agree:
      consent = .given
      return true
    case .refuse:
      consent = consent == .given ? .withdrawn : .refused
      return true
    case .withdraw:
      guard consent == .given else { return false }
      consent = .withdrawn
      return true
    case .ground, .unground:
      guard stage != 5 else { return false }
      hasLaw = play == .ground
      return true
    case .assess, .intervene, .plan, .submit, .approve, .approveOwn, .sendBack, .clientAgrees,
      .clientDeclines:
      return playPaper(play)
    case .propose, .proposeWithoutView, .proposeEarly, .decide, .decideOwn, .rejectClosing:
      return playClosing(play)
    case .refer:
      guard mayWrite else { return false }
      openReferrals += 1
      return true
    case .revokeReferral:
      guard openReferrals > 0 else { return false }
      openReferrals -= 1
      return true
    case .sendWithoutConsent: return false
    case .forward, .back, .end, .reopen: return move(play)
    }
  }

  private mutating func playPaper(_ play: CasePlay) -> Bool {
    switch play {
    case .assess:
      guard mayWrite, stage >= 1 else { return false }
      hasAssessment = true
    case .intervene:
      guard mayWrite else { return false }
      hasIntervention = true
    case .plan:
      guard mayWrite, stage >= 2 else { return false }
      plan = .draft
      agreed = false
    case .submit:
      guard mayWrite, plan == .draft || plan == .sentBack else { return false }
      plan = .pending
    case .approve, .sendBack:
      guard plan == .pending else { return false }
      plan = play == .approve ? .approved : .sentBack
    case .clientAgrees, .clientDeclines:
      guard mayWrite, plan != .none else { return false }
      agreed = play == .clientAgrees
    default: return false
    }
    return true
  }

  private mutating func playClosing(_ play: CasePlay) -> Bool {
    switch play {
    case .propose, .proposeWithoutView:
      guard stage == 4, !waits else { return false }
      closing = .waiting(view: play == .propose, early: false)
    case .proposeEarly:
      guard stage != 5, !waits else { return false }
      closing = .waiting(view: false, early: true)
    case .decide, .rejectClosing:
      guard case .waiting(let view, let early) = closing else { return false }
      closing = play == .decide ? .approved(view: view, early: early) : .rejected
    default: return false
    }
    return true
  }

  private var waits: Bool { if case .waiting = closing { true } else { false } }

  private mutating func move(_ play: CasePlay) -> Bool {
    switch play {
    case .forward:
      let open =
        switch stage {
        case 0: isGrounded
        case 1: isGrounded && hasAssessment
        case 2: isGrounded && plan == .approved && agreed
        case 3: isGrounded && hasIntervention
        default: false
        }
      guard open else { return false }
      stage += 1
    case .back:
      guard (2...4).contains(stage) else { return false }
      stage -= 1
    case .end:
      // Lost contact needs no view of the person; whatever was proposed otherwise does.
      guard case .approved(let view, let early) = closing, openReferrals == 0, stage != 5 else {
        return false
      }
      guard early || view && stage == 4 else { return false }
      stage = 5
      hasLaw = false
    default:
      guard stage == 5 else { return false }
      self = CaseModel(consent: consent)
    }
    return true
  }

  init(consent: Consent = .unasked) { self.consent = consent }
}
