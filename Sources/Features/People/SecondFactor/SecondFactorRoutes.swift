import Hummingbird
import Kernel
import Security
import Web

extension People {
  func addSecondFactor(_ routes: inout Routes) {
    routes.get("/account/second-factor", for: .signedIn, objects: .own("second factor")) { signedIn in
      try refuseCard(signedIn)
      let view = try await view(signedIn.session)
      return .page(
        SecondFactorPages.begin(
          signedIn, isNeeded: view.granted.contains(where: \.isStaff) && !view.hasSecondFactor,
          hasOne: view.hasSecondFactor), signedIn)
    }
    routes.post("/account/second-factor", for: .signedIn, objects: .own("second factor")) { signedIn in
      do {
        try await beginSecondFactor(signedIn.session)
      } catch let problem as Problem where problem == .confirmationNeeded && !signedIn.session.isCardSession {
        return .redirect(to: "/sign-in/again?next=/account/second-factor")
      }
      return .redirect(to: "/account/second-factor/confirm")
    }
    routes.get("/account/second-factor/confirm", for: .signedIn, objects: .own("second factor")) { signedIn in
      try refuseCard(signedIn)
      guard let candidate = try await secondFactorCandidate(signedIn.session) else {
        return .redirect(to: "/account/second-factor")
      }
      // The secret is as good as the factor itself, so an old session does not get to read it.
      guard signedIn.session.isFresh(at: signedIn.now) else {
        return .redirect(to: "/sign-in/again?next=/account/second-factor/confirm")
      }
      return .page(try SecondFactorPages.confirm(signedIn, .empty, candidate), signedIn)
    }
    routes.post(
      "/account/second-factor/confirm", for: .signedIn, objects: .own("second factor"),
      limits: Self.signInLimits
    ) { signedIn in try await confirmSecondFactor(signedIn) }
  }

  private func confirmSecondFactor(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    guard let candidate = try await secondFactorCandidate(signedIn.session) else {
      return .redirect(to: "/account/second-factor")
    }
    return try await FormAgain.answer(
      signedIn, form, page: { try SecondFactorPages.confirm(signedIn, $0, candidate, alerts: $1) },
      work: {
        let begun = try await confirmSecondFactor(
          signedIn.session, code: try form["code"] ?? "", userAgent: signedIn.visit.userAgent)
        return try await welcome(begun, next: "/account", signedIn.visit)
      })
  }
}
