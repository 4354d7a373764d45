import Database
import HTTPTypes
import Kernel
import People
import Security
import TestKit
import Testing
import Web

@testable import Activities

/// The pages and doors.
@Suite struct QuizRouteTests {
  private func key(_ number: Int) -> String { "quiz-route-key-00\(number)" }

  @Test(arguments: TestEngine.available)
  func `a resident answers on one page and sees what is right and why`(engine: TestEngine) async throws {
    try await QuizFixture.with(engine) { fixture in
      let id = try await fixture.open()
      let stranger = try await fixture.browser(of: nil)
      let open = try await stranger.get("/quizzes/\(id)")
      #expect(open.status == 200 && open.text.contains("登录答题") && !open.text.contains("第1题问什么"))
      let commitment = try #require(try await fixture.quiz(id).opening?.commitment.description)
      #expect(open.text.replacing("<wbr>", with: "").contains(commitment))

      let resident = try await fixture.browser(of: fixture.neighbours[0])
      let page = try await resident.get("/quizzes/\(id)")
      for part in ["第1题问什么", "A. 甲1", "交卷", "大米"] { #expect(page.text.contains(part), "\(part)") }
      #expect(!page.text.contains("因为是1"), "nothing is given away before")
      let path = "/quizzes/\(id)/answers"
      let lacking = try await resident.post(
        path, ["idempotency_key": key(1), "answer-1": "A", "answer-2": "B", "answer-3": "E"])
      #expect(
        lacking.status == 422 && lacking.text.contains("第 4 题还没选") && lacking.text.contains("第 3 题请从选项"))
      #expect(try await resident.get("/quizzes/\(id)/result").status == 404)
      for _ in 1...2 {
        let sent = try await resident.post(
          path,
          ["idempotency_key": key(2), "answer-1": "A", "answer-2": "B", "answer-3": "C", "answer-4": "A"])
        #expect(sent.status == 303 && sent.location == "/quizzes/\(id)/result")
      }
      let other = try await resident.post(
        path, ["idempotency_key": key(3), "answer-1": "D", "answer-2": "D", "answer-3": "D", "answer-4": "D"])
      #expect(other.status == 303, "who answers again is shown what they answered")
      let result = try await resident.get("/quizzes/\(id)/result")
      for part in ["4 题答对 3 题", "抽奖号", "因为是4", "您选的", "沪府〔2026〕4号"] {
        #expect(result.text.contains(part), "\(part)")
      }
      #expect(try await fixture.count("SELECT count(*) FROM activities_quiz_entry") == 1)
      #expect(try await resident.get("/quizzes").text.contains("您答过了"))
      let english = try await fixture.browser(of: fixture.neighbours[0], language: "en")
      #expect(try await english.get("/quizzes/\(id)/result").text.contains("3 of 4 right"))
    }
  }

  @Test(arguments: TestEngine.available)
  func `everybody can check the draw from its page`(engine: TestEngine) async throws {
    try await QuizFixture.with(engine) { fixture in
      let id = try await fixture.drawn()
      let draw = try await fixture.draw(id)
      let order = QuizDrawing.order(seed: draw.seed, numbers: draw.numbers)
      let stranger = try await fixture.browser(of: nil)
      let page = try await stranger.get("/quizzes/\(id)/draw")
      let text = page.text.replacing("<wbr>", with: "")
      #expect(page.status == 200 && text.contains(draw.seed))
      #expect(text.contains(order.map(String.init).joined(separator: "、")))
      #expect(text.contains("printf '%s' '\(draw.seed)' | sha256sum"))
      let shown = try await stranger.get("/quizzes/\(id)").text
      for award in try await fixture.awards(id) {
        let winner = try #require(try await fixture.winner(award, of: id))
        let names = try await fixture.database.read {
          try fixture.people.directory.displayNames(of: [winner], in: fixture.community, $0)
        }
        let name = try #require(names[winner])
        #expect(shown.contains("<strong>\(award.number)</strong>"))
        #expect(!shown.contains("\(name)<") && !text.contains("\(name)<"), "no name without consent")
        let own = try await fixture.browser(of: winner)
        #expect(try await own.get("/quizzes/\(id)").text.contains("您中了"))
      }
    }
  }

  @Test(arguments: TestEngine.available)
  func `a worker writes questions, makes a quiz, opens it and prints it`(engine: TestEngine) async throws {
    try await QuizFixture.with(engine) { fixture in
      let desk = try await fixture.browser(of: fixture.worker)
      #expect(try await desk.get("/quiz-desk/questions/new").status == 200)
      let wrong = try await desk.post(
        "/quiz-desk/questions", ["idempotency_key": key(1), "wording": "只有题目"])
      #expect(wrong.status == 422 && wrong.text.contains("只有题目"))
      let written = try await desk.post(
        "/quiz-desk/questions",
        [
          "idempotency_key": key(2), "wording": "谁要验证码？", "option-1": "骗子", "option-2": "银行", "right": "A",
          "explanation": "银行从不要。", "source": "", "topic": "防骗",
        ])
      let question = try #require(written.location?.split(separator: "?").first.map(String.init))
      #expect(written.status == 303)
      let changed = try await desk.post(
        question,
        [
          "idempotency_key": key(3), "seen": "1", "wording": "谁会要验证码？", "option-1": "骗子", "option-2": "银行",
          "right": "A", "explanation": "银行从不要。", "source": "", "topic": "防骗",
        ])
      #expect(changed.status == 303)
      #expect(try await desk.get(question).text.contains("第 2 版"))
      let id = String(question.split(separator: "/").last ?? "")
      let form = try await desk.get("/quiz-desk/new")
      #expect(form.text.contains("谁会要验证码") && form.text.contains(id))
      let made = try await desk.post(
        "/quiz-desk",
        [
          "idempotency_key": key(4), "title": "一题问答", "unit": "person", "opens_at": "2026-11-23T17:00",
          "closes_at": "2026-11-25T16:00", "questions": id, "threshold": "1", "prize-1": "大米",
          "pieces-1": "2",
          "collect_place": "服务站", "collect_days": "14", "activity": "none",
        ])
      let path = try #require(made.location?.split(separator: "?").first.map(String.init))
      #expect(made.status == 303 && path.hasPrefix("/quiz-desk/"))
      #expect(try await desk.get("\(path)/sheet").status == 409)
      let quizID = try #require(QuizID(String(path.split(separator: "/").last ?? "")))
      #expect(try await desk.get("/quizzes/\(quizID)").status == 404, "a draft is nobody's to see")
      #expect(try await desk.get("\(path)/terms").text.contains("一题问答"))
      let seen = try #require(try await desk.get(path).hidden("seen"))
      for _ in 1...2 {
        let opened = try await desk.post("\(path)/open", ["idempotency_key": key(5), "seen": seen])
        #expect(opened.status == 303)
      }
      let sheet = try await desk.get("\(path)/sheet")
      let commitment = try #require(try await fixture.quiz(quizID).opening?.commitment.description)
      #expect(sheet.status == 200 && sheet.text.contains("large-paper") && sheet.text.contains("抽奖号"))
      #expect(sheet.text.replacing("<wbr>", with: "").contains(commitment))
      let retired = try await desk.post(
        "\(question)/retire", ["idempotency_key": key(6), "seen": "2"])
      #expect(retired.status == 303)
    }
  }

  @Test(arguments: TestEngine.available)
  func `a worker enters a paper by telephone number or by the door`(engine: TestEngine) async throws {
    try await QuizFixture.with(engine) { fixture in
      let id = try await fixture.open()
      let desk = try await fixture.browser(of: fixture.worker)
      let base = "/quiz-desk/\(id)"
      let plain = try await desk.get("\(base)/entry")
      #expect(plain.status == 200 && plain.text.contains("手机号") && plain.text.contains("没答"))
      let unknown = try await desk.post(
        "\(base)/entries",
        [
          "idempotency_key": key(1), "phone": "13900000000", "way": "paper", "answer-1": "A", "answer-2": "B",
          "answer-3": "-", "answer-4": "D",
        ])
      #expect(unknown.status == 422 && unknown.text.contains("没有登记这个手机号"))
      let nobody = try await desk.post(
        "\(base)/entries", ["idempotency_key": key(2), "way": "self", "answer-1": "A"])
      #expect(nobody.status == 422 && nobody.text.contains("第 2 题还没选"))
      let entered = try await desk.post(
        "\(base)/entries",
        [
          "idempotency_key": key(3), "phone": "138 0013 8001", "way": "phone", "answer-1": "A",
          "answer-2": "B",
          "answer-3": "-", "answer-4": "D",
        ])
      let page = try #require(entered.location)
      #expect(entered.status == 303)
      let shown = try await desk.get(page)
      #expect(shown.text.contains("<strong>1</strong>") && shown.text.contains("这一题没答"))
      let colleague = try await fixture.browser(of: fixture.supervisor)
      #expect(try await colleague.get(page).status == 404, "whoever entered it sees it")

      let door = try await desk.get("\(base)/entry?building=5&unit=1&room=301")
      #expect(door.text.contains("邻居3") && !door.text.contains("邻居1<"))
      #expect(try await desk.get("\(base)/entry?building=9&unit=&room=1").text.contains("没有登记的人"))
      let chosen = fixture.neighbours[2].description
      let byDoor = try await desk.post(
        "\(base)/entries",
        [
          "idempotency_key": key(4), "person": chosen, "way": "paper", "answer-1": "A", "answer-2": "B",
          "answer-3": "C", "answer-4": "D",
        ])
      #expect(byDoor.status == 303)
      let twice = try await desk.post(
        "\(base)/entries",
        [
          "idempotency_key": key(5), "person": chosen, "way": "paper", "answer-1": "A", "answer-2": "B",
          "answer-3": "C", "answer-4": "D",
        ])
      #expect(twice.status == 409 && twice.text.contains("邻居3"))
      let own = try await fixture.browser(of: fixture.neighbours[0])
      #expect(try await own.get("/quizzes/\(id)/result").text.contains("帮您录的"))
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `a worker hands prizes over and gives them to the next`(engine: TestEngine) async throws {
    try await QuizFixture.with(engine) { fixture in
      let id = try await fixture.drawn()
      let awards = try await fixture.awards(id)
      let desk = try await fixture.browser(of: fixture.worker)
      let list = try await desk.get("/quiz-desk/\(id)")
      #expect(list.text.contains("/awards/\(awards[0].id)") && list.text.contains("9 份进抽奖"))
      func path(_ index: Int) -> String { "/quiz-desk/\(id)/awards/\(awards[index].id)" }
      _ = try await desk.get(path(0))
      let nameless = try await desk.post(
        "\(path(0))/handover", ["idempotency_key": key(1), "receiver": "sent", "name": ""])
      #expect(nameless.status == 422)
      let handed = try await desk.post(
        "\(path(0))/handover", ["idempotency_key": key(2), "receiver": "sent", "name": "隔壁小王"])
      #expect(handed.status == 303)
      let page = try await desk.get(path(0))
      #expect(page.text.contains("隔壁小王") && page.text.contains("许社工") && !page.text.contains("/pass-on"))
      let early = try await desk.post("\(path(1))/pass-on", ["idempotency_key": key(3), "kind": "lapsed"])
      #expect(early.status == 409)
      let passed = try await desk.post(
        "\(path(1))/pass-on", ["idempotency_key": key(4), "kind": "declined"])
      #expect(passed.status == 303)
      #expect(try await fixture.awards(id).count == 4)
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `the desk is the station's alone`(engine: TestEngine) async throws {
    try await QuizFixture.with(engine) { fixture in
      let id = try await fixture.open()
      for person in [fixture.neighbours[0], fixture.committee] {
        let browser = try await fixture.browser(of: person)
        for path in ["/quiz-desk", "/quiz-desk/\(id)", "/quiz-desk/questions", "/quiz-desk/\(id)/entry"] {
          #expect(try await browser.get(path).status == 403, "\(path)")
        }
      }
    }
  }

  @Test(arguments: TestEngine.available)
  func `a table is checked, shown by line, and stored when it is right`(engine: TestEngine) async throws {
    try await QuizFixture.with(engine) { fixture in
      let desk = try await fixture.browser(of: fixture.worker)
      let token = try #require(try await desk.get("/quiz-desk/questions/import").hidden("form_token"))
      func send(_ table: String) async throws -> Browser.Answer {
        var body = ""
        for (head, content) in [
          ("name=\"form_token\"", token),
          ("name=\"file\"; filename=\"t.csv\"\r\nContent-Type: text/csv", table),
        ] { body += "--quiz\r\nContent-Disposition: form-data; \(head)\r\n\r\n\(content)\r\n" }
        return try await desk.send(
          .post, "/quiz-desk/questions/import",
          headers: [
            .contentType: "multipart/form-data; boundary=quiz", .origin: "http://\(QuizFixture.host)",
          ], body: Array("\(body)--quiz--\r\n".utf8))
      }
      let head = "题目,选项A,选项B,答案,解释,主题\n"
      let wrong = try await send("\(head)甲？,是,否,C,因为。,防骗\n")
      #expect(wrong.status == 422 && wrong.text.contains("答案不在选项里") && wrong.hidden("content") == nil)
      let right = try await send("\(head)甲？,是,否,B,因为。,防骗\n")
      let (content, key) = (right.hidden("content"), right.hidden("idempotency_key"))
      #expect(right.status == 200)
      for _ in 1...2 {
        let stored = try await desk.post(
          "/quiz-desk/questions/import/store",
          ["idempotency_key": key ?? "", "content": content ?? ""])
        #expect(stored.status == 303)
      }
      #expect(try await fixture.count("SELECT count(*) FROM activities_quiz_question") == 5)
    }
  }
}
