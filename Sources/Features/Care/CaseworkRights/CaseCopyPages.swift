import Kernel
import People
import Web

/// The record of a case on paper, for its client.
struct CaseCopyPages {
  let say: Wording
  let now: Timestamp
  let copy: CaseCopy

  private var parts: CaseParts { CaseParts(say: say) }

  func page(_ community: String, phone: String) -> Page {
    let title = say("给本人的记录", "Your record")
    let left: HTML =
      copy.leftOut == 0
      ? "<p>\(say("没有略去的记录。", "Nothing is left out."))</p>"
      : "<p><strong>\(say("略去了 \(copy.leftOut) 条别人私下说的记录。", "\(copy.leftOut) notes of what was told in confidence are left out."))</strong></p>"
    return Page(
      title: title, kind: .print,
      main: """
        <div class="print"><p class="no-print">\(say("交给本人之前请看一遍：写到别人的地方要不要遮住。每次打开都有记录，本人看得到。", "Please read it through before you hand it over: what it says of others may have to be covered. Each time it is opened is noted, and the person can see that."))</p>\
        <h1>\(title) · \(copy.file.label)</h1>\
        <p>\(copy.person) · \(community) · \(phone) · \(say.day(now, inYear: 0))</p>\(left)\
        \(section(say("开头的话", "How it began"), beginning))\(assessments)\(plans)\(interventions)\(notes)\
        \(scores)\(closings)\(referrals)\(requests)\(history)\(looks)</div>
        """)
  }

  private var beginning: HTML {
    """
    <p>\(by(copy.file.createdBy.person, copy.file.createdAt)) · \(say(copy.file.field.name)) · \(say(copy.file.source.name))</p>\
    \(parts.words(copy.words(copy.file.intake)))
    """
  }

  private var assessments: HTML {
    section(
      say("预估", "Assessment"),
      copy.assessments.map { assessment in
        "<p>\(by(assessment.madeBy, assessment.madeAt)) · \(say("风险：\(assessment.risk.name.chinese)", "risk: \(assessment.risk.name.english)"))</p>\(words(assessment.text))"
      })
  }

  private var plans: HTML {
    section(
      say("计划", "Plan"),
      copy.plans.map { plan in
        let steps = plan.events.map { event -> HTML in
          let remark: HTML = event.text == nil ? .empty : words(event.text)
          return "<li>\(by(event.actor.person, event.at)) · \(say(event.kind.name))\(remark)</li>"
        }
        return """
          <p>\(say("第 \(plan.version) 版", "Version \(plan.version)")) · \(by(plan.madeBy, plan.madeAt))</p>\
          \(words(plan.text))\(list(steps))
          """
      })
  }

  private var interventions: HTML {
    section(
      say("介入", "What was done"),
      copy.interventions.map { done in
        """
        <p>\(by(done.recordedBy, done.doneAt)) · \(say(done.kind.name)) · \(say("\(done.minutes) 分钟", "\(done.minutes) minutes"))</p>\
        \(words(done.text))
        """
      })
  }

  private var notes: HTML {
    section(
      say("记录", "Notes"),
      copy.notes.map { note in
        let adds: HTML =
          note.addsTo.flatMap { id in copy.notes.first { $0.id == id } }.map {
            "<p>\(say("补充 \(say.dateTime($0.writtenAt)) 的记录", "Adds to the note of \(say.dateTime($0.writtenAt))"))</p>"
          } ?? .empty
        return """
          <p>\(by(note.author, note.writtenAt)) · \(say(note.kind.name))</p>\(adds)\(words(note.versions.last?.text))
          """
      })
  }

  private var scores: HTML {
    let items = copy.scores.map { score -> HTML in
      "<li>\(say.day(score.at, inYear: 0)) · \(say(score.measure.name)) · \(say(score.phase.name)) · \(say(score.by.name)) · \(String(score.value))</li>"
    }
    return section(say("打分", "Scores"), list(items))
  }

  private var closings: HTML {
    section(
      say("评估和结案", "Look back and closure"),
      copy.closings.map { closing in
        let decision: HTML =
          closing.decision.map { decision in
            let told = decision.isApproved ? say("督导批准", "approved") : say("督导退回", "sent back")
            let remark: HTML = decision.text == nil ? .empty : words(decision.text)
            return "<p>\(by(decision.by, decision.at)) · \(told)</p>\(remark)"
          } ?? .empty
        return
          "<p>\(by(closing.madeBy, closing.madeAt)) · \(say(closing.outcome.name))</p>\(words(closing.text))\(decision)"
      })
  }

  private var referrals: HTML {
    section(
      say("转介", "Referrals"),
      copy.referrals.map { referral in
        let steps = referral.events.map { event -> HTML in
          let told: HTML = event.text == nil ? .empty : words(event.text)
          return "<li>\(say.dateTime(event.at, inYear: 0)) · \(say(event.state.name))\(told)</li>"
        }
        return """
          <p>\(by(referral.madeBy, referral.madeAt)) · \(say(referral.destination.name))</p>\(words(referral.text))\
          \(list(steps))
          """
      })
  }

  private var requests: HTML {
    let rights = RightsParts(say: say, now: now, words: copy.documents)
    return section(
      say("您对记录的要求", "What you asked about the record"), copy.requests.map { rights.story($0) })
  }

  private var history: HTML {
    let items = copy.events.map { event -> HTML in
      let reason: HTML = event.text == nil ? .empty : words(event.text)
      return
        "<li>\(by(event.actor.person, event.at)) · \(parts.told(event.what) { copy.name($0) })\(reason)</li>"
    }
    return section(say("经过", "What happened"), list(items))
  }

  private var looks: HTML {
    let items = copy.looks.map { look -> HTML in
      let relation =
        look.relation.map { say(CaseLooks.name($0)) }
        ?? (look.role == .committee ? say(CaseLooks.committee) : "—")
      return
        "<li>\(by(look.reader, look.at))（\(relation)）· \(say(look.look?.name ?? Phrase(same: "—")))</li>"
    }
    return section(say("谁看过", "Who looked"), list(items))
  }

  // MARK: - Parts

  private func by(_ person: PersonID, _ moment: Timestamp) -> String {
    let name = copy.names[person].map { " · \($0)" } ?? ""
    return "\(say.dateTime(moment, inYear: 0))\(name)"
  }

  private func words(_ text: CareTextID?) -> HTML { parts.words(copy.words(text)) }

  private func list(_ items: [HTML]) -> HTML { items.isEmpty ? .empty : "<ol class=\"story\">\(items)</ol>" }

  private func section(_ title: String, _ entries: [HTML]) -> HTML {
    section(title, HTML.joined(entries.map { "<article>\($0)</article>" as HTML }))
  }

  /// Nothing where there is nothing.
  private func section(_ title: String, _ content: HTML) -> HTML {
    content.isEmpty ? .empty : "<section><h2>\(title)</h2>\(content)</section>"
  }
}
