#include "lib/engine/route_words.h"

#include "absl/strings/str_format.h"
#include "absl/strings/substitute.h"
#include "lib/pathway/term_text.h"

namespace careroute::engine {
namespace {

// A code and what it is called.
struct Word {
  int code;
  absl::string_view ru;
  absl::string_view en;
};

constexpr Word kAgencies[] = {
    {model::v1::AGENCY_KIND_HEALTH, "здравоохранение", "health"},
    {model::v1::AGENCY_KIND_SOCIAL, "социальная защита", "social protection"},
    {model::v1::AGENCY_KIND_EDUCATION, "образование", "education"},
    {model::v1::AGENCY_KIND_MSE, "бюро МСЭ", "expertise bureau"},
    {model::v1::AGENCY_KIND_COORDINATION, "координационный центр",
     "coordination centre"},
    {model::v1::AGENCY_KIND_GUARDIANSHIP, "опека и попечительство",
     "guardianship"},
    {model::v1::AGENCY_KIND_MINORS_COMMISSION, "КДН и ЗП",
     "commission on minors"},
    {model::v1::AGENCY_KIND_SOCIAL_FUND, "Социальный фонд", "Social Fund"},
    {model::v1::AGENCY_KIND_CIVIL_REGISTRY, "ЗАГС", "civil registry"},
    {model::v1::AGENCY_KIND_POLICE, "полиция", "police"},
    {model::v1::AGENCY_KIND_EMPLOYMENT, "служба занятости", "employment"},
    {model::v1::AGENCY_KIND_CULTURE_SPORT, "культура и спорт",
     "culture and sport"},
    {model::v1::AGENCY_KIND_NGO, "НКО", "NGO"},
    {model::v1::AGENCY_KIND_MUNICIPALITY, "муниципалитет", "municipality"},
    {model::v1::AGENCY_KIND_FAMILY, "семья", "family"},
};

constexpr Word kCaseStates[] = {
    {model::v1::CASE_STATE_OPEN, "открыт", "open"},
    {model::v1::CASE_STATE_CLOSED, "завершён", "closed"},
    {model::v1::CASE_STATE_CLOSED_WITH_STEPS,
     "завершён, помощь семье продолжается", "closed, steps go on"},
    {model::v1::CASE_STATE_ERASED, "данные уничтожены", "erased"},
    {model::v1::CASE_STATE_AHEAD, "записан более новой версией",
     "written by a newer release"},
};

constexpr Word kRowStates[] = {
    {model::v1::ROW_STATE_DONE, "сделано", "done"},
    {model::v1::ROW_STATE_NOW, "сейчас", "now"},
    {model::v1::ROW_STATE_OVERDUE, "просрочено", "overdue"},
    {model::v1::ROW_STATE_NEXT, "дальше", "next"},
    {model::v1::ROW_STATE_SUSPENDED, "на паузе", "suspended"},
};

constexpr Word kMoves[] = {
    {model::v1::WHOSE_MOVE_AGENCY, "ведомство", "agency"},
    {model::v1::WHOSE_MOVE_FAMILY, "семья", "family"},
    {model::v1::WHOSE_MOVE_QUEUE, "очередь", "queue"},
    {model::v1::WHOSE_MOVE_ROAD, "дорога или погода", "road or weather"},
};

constexpr Word kReferralStates[] = {
    {model::v1::REFERRAL_STATE_DRAFT, "черновик", "draft"},
    {model::v1::REFERRAL_STATE_REQUESTED, "отправлено", "requested"},
    {model::v1::REFERRAL_STATE_RECEIVED, "получено", "received"},
    {model::v1::REFERRAL_STATE_ACCEPTED, "принято", "accepted"},
    {model::v1::REFERRAL_STATE_REJECTED, "отклонено", "rejected"},
    {model::v1::REFERRAL_STATE_IN_PROGRESS, "в работе", "in progress"},
    {model::v1::REFERRAL_STATE_ON_HOLD, "приостановлено", "on hold"},
    {model::v1::REFERRAL_STATE_COMPLETED, "исполнено", "completed"},
    {model::v1::REFERRAL_STATE_FAILED, "не исполнено", "failed"},
    {model::v1::REFERRAL_STATE_CANCELLED, "отозвано", "cancelled"},
    {model::v1::REFERRAL_STATE_ENTERED_IN_ERROR, "ошибочное",
     "entered in error"},
};

constexpr Word kReasons[] = {
    {model::v1::REFERRAL_REASON_NO_PLACES, "нет мест", "no places"},
    {model::v1::REFERRAL_REASON_NOT_OUR_AREA, "не наша территория",
     "not our area"},
    {model::v1::REFERRAL_REASON_AGE, "возраст", "age not served"},
    {model::v1::REFERRAL_REASON_WRONG_PROFILE, "не наш профиль",
     "wrong profile"},
    {model::v1::REFERRAL_REASON_NO_ROAD, "нет проезда", "no road"},
    {model::v1::REFERRAL_REASON_INCOMPLETE_PAPERS, "неполные документы",
     "incomplete papers"},
    {model::v1::REFERRAL_REASON_PERSON_REFUSED, "отказалась семья",
     "the family refused"},
    {model::v1::REFERRAL_REASON_CONTRA_INDICATION, "противопоказания",
     "contra-indication"},
    {model::v1::REFERRAL_REASON_CANNOT_SERVE_NEEDS,
     "не могут обеспечить язык или доступность",
     "cannot serve language or accessibility"},
    {model::v1::REFERRAL_REASON_NOT_REACHED, "не удалось связаться",
     "could not reach the family"},
    {model::v1::REFERRAL_REASON_IN_HOSPITAL, "в больнице", "in hospital"},
    {model::v1::REFERRAL_REASON_NO_STAFF, "нет специалистов", "no staff"},
    {model::v1::REFERRAL_REASON_REQUESTER_CANCELLED, "отозвано направившим",
     "taken back by the requester"},
    {model::v1::REFERRAL_REASON_DIED, "смерть", "death"},
    {model::v1::REFERRAL_REASON_OTHER, "другая причина", "another reason"},
};

constexpr Word kReferralKinds[] = {
    {model::v1::REFERRAL_KIND_REFERRAL, "направление", "referral"},
    {model::v1::REFERRAL_KIND_INTERAGENCY_REQUEST, "межведомственный запрос",
     "interagency request"},
    {model::v1::REFERRAL_KIND_CONSULTATION_REQUEST, "запрос консультации",
     "consultation request"},
    {model::v1::REFERRAL_KIND_NOTICE, "извещение", "notice"},
};

constexpr Word kClasses[] = {
    {model::v1::DATA_CLASS_ROUTE, "ход маршрута", "route"},
    {model::v1::DATA_CLASS_IDENTITY, "личность", "identity"},
    {model::v1::DATA_CLASS_CONTACT, "контакты", "contact"},
    {model::v1::DATA_CLASS_NEEDS, "потребности", "needs"},
    {model::v1::DATA_CLASS_SOCIAL, "социальные", "social"},
    {model::v1::DATA_CLASS_EDUCATION, "образование", "education"},
    {model::v1::DATA_CLASS_MEDICAL, "здоровье", "medical"},
    {model::v1::DATA_CLASS_DIAGNOSIS, "диагноз", "diagnosis"},
};

constexpr Word kNeeds[] = {
    {model::v1::ACCESS_NEED_WHEELCHAIR, "коляска", "wheelchair"},
    {model::v1::ACCESS_NEED_SIGN_LANGUAGE, "жестовый язык", "sign language"},
    {model::v1::ACCESS_NEED_HEARING, "помощь со слухом", "help in hearing"},
    {model::v1::ACCESS_NEED_SIGHT, "помощь со зрением", "help in sight"},
    {model::v1::ACCESS_NEED_PLAIN_LANGUAGE, "простой язык", "plain language"},
    {model::v1::ACCESS_NEED_INTERPRETER, "переводчик", "interpreter"},
    {model::v1::ACCESS_NEED_ESCORT, "сопровождение", "escort"},
    {model::v1::ACCESS_NEED_OXYGEN, "кислород", "oxygen"},
    {model::v1::ACCESS_NEED_HOME_VISIT, "на дому", "home visits"},
    {model::v1::ACCESS_NEED_REMOTE, "дистанционно", "remote"},
};

constexpr Word kModes[] = {
    {model::v1::CONTACT_MODE_TELEPHONE, "телефон", "telephone"},
    {model::v1::CONTACT_MODE_LETTER, "письмо", "letter"},
    {model::v1::CONTACT_MODE_MESSAGE, "сообщение", "message"},
    {model::v1::CONTACT_MODE_VISIT, "визит домой", "visit"},
    {model::v1::CONTACT_MODE_FELDSHER, "через фельдшера",
     "through the feldsher"},
    {model::v1::CONTACT_MODE_VILLAGE_ADMINISTRATION,
     "через администрацию посёлка", "through the village administration"},
    {model::v1::CONTACT_MODE_IN_PERSON, "лично", "in person"},
    {model::v1::CONTACT_MODE_VIDEO, "видеосвязь", "video call"},
};

constexpr Word kBases[] = {
    {model::v1::REPRESENTATIVE_BASIS_PARENT, "родитель", "parent"},
    {model::v1::REPRESENTATIVE_BASIS_ADOPTER, "усыновитель", "adopter"},
    {model::v1::REPRESENTATIVE_BASIS_GUARDIAN, "опекун или попечитель",
     "guardian"},
    {model::v1::REPRESENTATIVE_BASIS_FOSTER_PARENT, "приёмный родитель",
     "foster parent"},
    {model::v1::REPRESENTATIVE_BASIS_INSTITUTION, "учреждение", "institution"},
    {model::v1::REPRESENTATIVE_BASIS_GUARDIANSHIP_BODY, "орган опеки",
     "guardianship body"},
    {model::v1::REPRESENTATIVE_BASIS_POWER_OF_ATTORNEY, "по доверенности",
     "by power of attorney"},
};

constexpr Word kMatters[] = {
    {model::v1::CONSENT_MATTER_DATA, "передача сведений", "passing data on"},
    {model::v1::CONSENT_MATTER_TREATMENT, "лечение", "treatment"},
    {model::v1::CONSENT_MATTER_APPLICATION, "заявления и договоры",
     "applications and contracts"},
    {model::v1::CONSENT_MATTER_MONEY, "деньги и выплаты", "money and benefits"},
    {model::v1::CONSENT_MATTER_EDUCATION, "образование", "education"},
};

constexpr Word kUpcoming[] = {
    {model::v1::UPCOMING_KIND_DOCUMENT, "документ", "document"},
    {model::v1::UPCOMING_KIND_CONSENT, "согласие", "consent"},
    {model::v1::UPCOMING_KIND_BIRTHDAY, "день рождения", "birthday"},
    {model::v1::UPCOMING_KIND_RIGHT, "право", "right"},
    {model::v1::UPCOMING_KIND_STEP, "шаг", "step"},
    {model::v1::UPCOMING_KIND_CONTACT, "связь с семьёй", "contact"},
};

// Papers on which representatives stand.
struct Paper {
  absl::string_view kind;
  absl::string_view ru;
  absl::string_view en;
};
constexpr Paper kPapers[] = {
    {"adoption-certificate", "Свидетельство об усыновлении",
     "Adoption certificate"},
    {"birth-certificate", "Свидетельство о рождении", "Birth certificate"},
    {"court-decision", "Решение суда", "Court decision"},
    {"foster-agreement", "Договор о приёмной семье", "Foster agreement"},
    {"guardianship-order", "Акт органа опеки о назначении опекуна",
     "Order of guardianship"},
    {"passport", "Паспорт", "Passport"},
    {"power-of-attorney", "Доверенность", "Power of attorney"},
};

// By level; the proto allows four above the limit itself.
constexpr Word kEscalations[] = {
    {0, "знают исполнитель и координатор",
     "the performer and the coordinator know"},
    {1, "сообщено выше: ступень 1", "told upwards: level 1"},
    {2, "сообщено выше: ступень 2", "told upwards: level 2"},
    {3, "сообщено выше: ступень 3", "told upwards: level 3"},
    {4, "сообщено выше: ступень 4", "told upwards: level 4"},
};

constexpr Word kMeasureStates[] = {
    {model::v1::MEASURE_STATE_INFORMED, "рассказали", "told"},
    {model::v1::MEASURE_STATE_APPLIED, "подано заявление", "applied for"},
    {model::v1::MEASURE_STATE_GRANTED, "назначено", "granted"},
    {model::v1::MEASURE_STATE_REFUSED, "отказано", "refused"},
    {model::v1::MEASURE_STATE_NOT_WANTED, "семье не нужно", "not wanted"},
};

constexpr Word kEntitlements[] = {
    {model::v1::ENTITLEMENT_YES, "положено, ещё не рассказали",
     "has a right, not told yet"},
    {model::v1::ENTITLEMENT_NOT_KNOWN, "может быть положено: не все сведения",
     "may have a right: a fact is missing"},
    {model::v1::ENTITLEMENT_NO, "не положено", "has no right"},
};

constexpr int CodeOf(Phrase phrase) { return static_cast<int>(phrase); }

constexpr Word kPhrases[] = {
    {CodeOf(Phrase::kFamilyItself), "вы", "you"},
    {CodeOf(Phrase::kWithin), "$0 $1", "$0 $1"},
    {CodeOf(Phrase::kFromStart), "с начала шага", "from the start of the step"},
    {CodeOf(Phrase::kFromOutcome), "после: $0", "after: $0"},
    {CodeOf(Phrase::kFromFactDate), "с даты «$0»", "from the date \"$0\""},
    {CodeOf(Phrase::kFromFactRecorded), "с момента «$0»", "since \"$0\""},
    {CodeOf(Phrase::kFromReceived), "с регистрации у исполнителя",
     "from registration by the performer"},
    {CodeOf(Phrase::kFromReport), "с сообщения о нуждаемости",
     "from the report of need"},
    {CodeOf(Phrase::kBeforeAge), "пока не исполнится $0",
     "before the age of $0"},
    {CodeOf(Phrase::kBeforeFact), "до даты «$0»", "before the date \"$0\""},
    {CodeOf(Phrase::kEarlierBy), "$0, раньше на $1", "$0, earlier by $1"},
    {CodeOf(Phrase::kAtOnce), "сразу", "at once"},
    {CodeOf(Phrase::kNoLimit), "не установлен", "none is set"},
    {CodeOf(Phrase::kByTrack), "$0 (сокращён: $1)", "$0 (shortened: $1)"},
    {CodeOf(Phrase::kCancelAnswer), "$0 на ответ об отзыве",
     "$0 to answer the cancel"},
    {CodeOf(Phrase::kInformationAnswer), "$0 на ответ о сведениях",
     "$0 to give the information asked"},
    {CodeOf(Phrase::kEvidence), "$0 на подтверждение «$1»",
     "$0 to bring the evidence \"$1\""},
    {CodeOf(Phrase::kNotReached), "не удалось связаться: $0",
     "not reached: $0"},
    {CodeOf(Phrase::kNotOfferedAgain), "больше не предлагается",
     "not offered again"},
    {CodeOf(Phrase::kWentSilent), "$0", "$0"},
    {CodeOf(Phrase::kBetterProvider), "$0; советуют: $1", "$0; suggests: $1"},
    {CodeOf(Phrase::kOnHold), "приостановлено: $0", "on hold: $0"},
    {CodeOf(Phrase::kLate), "сделано с опозданием: $0", "done late: $0"},
    {CodeOf(Phrase::kWaitingForAnswer), "ответа пока нет", "no answer yet"},
    {CodeOf(Phrase::kConsentOf), "согласие от $0 ($1)", "consent of $0 ($1)"},
    {CodeOf(Phrase::kGroundInLaw), "закон: $0", "law: $0"},
    {CodeOf(Phrase::kLawUnnamed), "основание в законе", "a ground in law"},
    {CodeOf(Phrase::kRepresentativeEnds),
     "Заканчиваются полномочия представителя: $0",
     "A representative's powers end: $0"},
    {CodeOf(Phrase::kDocumentExpires), "Истекает документ «$0»: $1",
     "A document expires, \"$0\": $1"},
    {CodeOf(Phrase::kParentTurns16),
     "Матери или отцу исполняется 16: дальше действует самостоятельно",
     "A parent turns 16 and acts alone from then on"},
    {CodeOf(Phrase::kAgeReached), "Исполняется $0", "Turns $0"},
    {CodeOf(Phrase::kDecidesChanges), "Исполняется $0: меняется, кто решает",
     "Turns $0: who decides changes"},
    {CodeOf(Phrase::kConsentEnds), "Заканчивается согласие ($0)",
     "A consent ends ($0)"},
    {CodeOf(Phrase::kRightCloses), "Последний день: $0", "Last day: $0"},
    {CodeOf(Phrase::kStepStarts), "Начинается: $0", "Starts: $0"},
    {CodeOf(Phrase::kLookAgain), "Вернуться к случаю",
     "Look at the case again"},
    {CodeOf(Phrase::kContactFamily), "Связаться с семьёй",
     "Contact the family"},
    {CodeOf(Phrase::kCanMeet), "может выполнить: $0", "can be met by: $0"},
    {CodeOf(Phrase::kCanMeetThrough), "может выполнить: $0, шаг «$1»",
     "can be met by: $0, step \"$1\""},
    {CodeOf(Phrase::kMayAppeal), "можно обжаловать: $0", "may appeal: $0"},
};

template <size_t kSize>
std::string Find(const Word (&words)[kSize], int code,
                 absl::string_view language) {
  for (const Word& word : words) {
    if (word.code == code) {
      return std::string(pathway::IsRussian(language) ? word.ru : word.en);
    }
  }
  return "";
}

}  // namespace

std::string AgencyWords(model::v1::AgencyKind kind,
                        absl::string_view language) {
  return Find(kAgencies, kind, language);
}

std::string CaseStateWords(model::v1::CaseState state,
                           absl::string_view language) {
  return Find(kCaseStates, state, language);
}

std::string RowStateWords(model::v1::RowState state,
                          absl::string_view language) {
  return Find(kRowStates, state, language);
}

std::string WhoseMoveWords(model::v1::WhoseMove move,
                           absl::string_view language) {
  return Find(kMoves, move, language);
}

std::string ReferralStateWords(model::v1::ReferralState state,
                               absl::string_view language) {
  return Find(kReferralStates, state, language);
}

std::string ReferralReasonWords(model::v1::ReferralReason reason,
                                absl::string_view language) {
  return Find(kReasons, reason, language);
}

std::string ReferralKindWords(model::v1::ReferralKind kind,
                              absl::string_view language) {
  return Find(kReferralKinds, kind, language);
}

std::string DataClassWords(model::v1::DataClass data_class,
                           absl::string_view language) {
  return Find(kClasses, data_class, language);
}

std::string AccessNeedWords(model::v1::AccessNeed need,
                            absl::string_view language) {
  return Find(kNeeds, need, language);
}

std::string ContactModeWords(model::v1::ContactMode mode,
                             absl::string_view language) {
  return Find(kModes, mode, language);
}

std::string BasisWords(model::v1::RepresentativeBasis basis,
                       absl::string_view language) {
  return Find(kBases, basis, language);
}

std::string MatterWords(model::v1::ConsentMatter matter,
                        absl::string_view language) {
  return Find(kMatters, matter, language);
}

std::string UpcomingWords(model::v1::UpcomingKind kind,
                          absl::string_view language) {
  return Find(kUpcoming, kind, language);
}

std::string MeasureStateWords(model::v1::MeasureState state,
                              absl::string_view language) {
  return Find(kMeasureStates, state, language);
}

std::string EntitlementWords(model::v1::Entitlement entitlement,
                             absl::string_view language) {
  return Find(kEntitlements, entitlement, language);
}

std::string DocumentWords(absl::string_view kind, absl::string_view language) {
  for (const Paper& paper : kPapers) {
    if (paper.kind == kind) {
      return std::string(pathway::IsRussian(language) ? paper.ru : paper.en);
    }
  }
  return "";
}

std::string EscalationWords(int level, absl::string_view language) {
  return Find(kEscalations, level, language);
}

std::string PhraseText(Phrase phrase, absl::string_view language,
                       absl::string_view first, absl::string_view second) {
  return absl::Substitute(Find(kPhrases, CodeOf(phrase), language), first,
                          second);
}

std::string DayWords(absl::CivilDay day, absl::string_view language) {
  return pathway::IsRussian(language)
             ? absl::StrFormat("%02d.%02d.%d", day.day(), day.month(),
                               day.year())
             : absl::FormatCivilTime(day);
}

}  // namespace careroute::engine
