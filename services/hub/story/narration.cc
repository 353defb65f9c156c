#include "services/hub/story/narration.h"

namespace careroute::services {
namespace {

struct Line {
  absl::string_view english;
  absl::string_view russian;
};

// As the families' files have them, in the order of the files.
// clang-format off: it counts bytes where a reader counts letters.
constexpr Line kLines[] = {
    {"Three hubs: Khabarovsk, Primorye and the interregional centre. All of "
     "them know all organisations, $0, and which hub hosts each.",
     "Три узла: Хабаровск, Приморье и межрегиональный центр. Каждому известны "
     "все организации ($0) и то, на каком узле каждая."},
    {"Antonina: from a hospital bed to help at home",
     "Антонина: с больничной койки домой, где помогают"},
    {"She broke her hip and cannot be alone any more. A week before she is "
     "to go home the hospital tells the coordination centre, with her "
     "consent.",
     "Она сломала бедро, и одной ей больше не справиться. За неделю до "
     "выписки больница с её согласия сообщает координационному центру."},
    {"Two working days are enough to ask: help every day. The hospital "
     "writes down how she gets home and who will be there.",
     "За два рабочих дня расспросили: помощь нужна каждый день. Больница "
     "записывает, как она доберётся домой и кто её встретит."},
    {"She decides herself, says what she wants, and applies. The decision "
     "has five working days; an assessor will come to her home.",
     "Она решает сама, говорит, чего хочет, и подаёт заявление. На решение "
     "пять рабочих дней; эксперт придёт к ней домой."},
    {"A fever: she stays another week, and the plan is made anew.",
     "Поднялась температура: она остаётся ещё на неделю, и план составляют "
     "заново."},
    {"On the day of the assessment she is in hospital. The law's clock "
     "does not stop for that.",
     "В день оценки она лежит в больнице. Срок по закону из-за этого не "
     "стоит."},
    {"So she is assessed on the hospital's documents: level 2. She will be "
     "seen in person later.",
     "Поэтому её оценивают по документам больницы: уровень 2. Увидят её "
     "позже."},
    {"On the fifth working day it is decided: in need, at home.",
     "На пятый рабочий день решено: нуждается, помощь на дому."},
    {"The programme and the weekly package: her daughter cooks, the rest "
     "is given. She chooses the town's social centre.",
     "Программа и пакет на неделю: готовит дочь, остальное делают "
     "помощники. Она выбирает городской центр обслуживания."},
    {"The contract, the way home, the first meal: all on one day. The "
     "coordinator asks in the evening whether somebody really came.",
     "Договор, дорога домой, первый обед: всё в один день. Вечером "
     "координатор спрашивает, правда ли пришли."},
    {"The second day nobody opens. Somebody goes there at once: she was "
     "with her neighbour, and had not heard the bell.",
     "На второй день не открывают. К ней сразу едут: она была у соседки и "
     "не слышала звонка."},
    {"A doctor sees her once, as everybody who is cared for; a nurse will "
     "come each month.",
     "Врач осматривает её, как каждого, кому помогают; медсестра будет "
     "приходить раз в месяц."},
    {"The assessor comes to her home: level 2 again. At night she cannot "
     "turn over, and nobody asked about the night.",
     "Эксперт приходит домой: снова уровень 2. Ночью она не может "
     "повернуться, а о ночи её не спросили."},
    {"She disputes the level before the town's commission. Help goes on "
     "meanwhile.",
     "Она оспаривает уровень в городской комиссии. Помощь тем временем "
     "продолжается."},
    {"She was right: another assessor comes, and it is level 3.",
     "Она права: приходит другой эксперт, и это уровень 3."},
    {"A package of 29 hours a week is refused: 28 is the most, and the "
     "refusal says by which act.",
     "Пакет на 29 часов в неделю не принят: больше 28 нельзя, и в отказе "
     "сказано, по какому акту."},
    {"28 hours, and one service of the list stands nowhere: refused too. "
     "Each is given, done by the family, or not needed.",
     "28 часов, но одной услуги перечня нигде нет: тоже отказ. Каждую либо "
     "оказывают, либо делает семья, либо она не нужна."},
    {"Now it is right. The same women go on coming, and more often.",
     "Теперь верно. Приходят те же помощницы, и чаще."},
    {"This is the sheet that lies on her kitchen table:",
     "Такой лист лежит у неё на кухонном столе:"},
    {"Artyom: another agency answers late, and nothing waits",
     "Артём: другое ведомство отвечает поздно, и никто не ждёт"},
    {"A conclusion is needed that the expertise bureau holds. It is asked, "
     "and has five working days.",
     "Нужно заключение, которое есть у бюро экспертизы. Запрос отправлен, на "
     "ответ пять рабочих дней."},
    {"The centre does not wait: intake and assessment are done.",
     "Центр не ждёт: приём и оценка проведены."},
    {"The time is over without an answer. It is overdue, and stays in the "
     "bureau's queue.",
     "Срок прошёл, ответа нет. Запрос просрочен и остаётся в очереди бюро."},
    {"A week late it answers, and says why. The loop is closed.",
     "Через неделю бюро отвечает и объясняет задержку. Запрос закрыт."},
    {"Kira: a consent that leaves one agency out",
     "Кира: согласие, в котором нет одного ведомства"},
    {"Kira's mother lets social protection know, but no kindergarten.",
     "Мама Киры разрешает передать сведения соцзащите, но не детскому саду."},
    {"The kindergarten's toy library cannot be asked: no consent names it, "
     "and no law lets these data pass.",
     "Лекотеку детского сада спросить нельзя: её нет в согласии, и ни один "
     "закон не разрешает передать эти сведения."},
    {"The centre «Амур» may be asked, and accepts.",
     "Центр «Амур» спросить можно, и он принимает."},
    {"The centre would share the work with the kindergarten, and may not. It "
     "asks the mother what she is afraid of.",
     "Центр разделил бы занятия с детским садом, но не вправе. Маму "
     "спрашивают, чего она опасается."},
    {"Now she consents for education too, and the same referral goes through.",
     "Теперь она согласна и на образование: то же направление проходит."},
    {"Lev: the first has no place, the next best has",
     "Лев: у первых нет места, у следующих есть"},
    {"Lev's mother chooses the cabinet near her home.",
     "Мама Льва выбирает кабинет рядом с домом."},
    {"The cabinet has no places, and says so at once.",
     "В кабинете нет мест, и об этом сказано сразу."},
    {"The next best is: $0. The referral goes there.",
     "Следующая по порядку организация: $0. Направление уходит туда."},
    {"Accepted. Two days were lost, and nothing else.",
     "Приняли. Потеряно два дня и больше ничего."},
    {"Matvey: a grandmother who cares without papers",
     "Матвей: бабушка заботится без документов"},
    {"His grandmother brings Matvey. His mother went north to work and does "
     "not answer; there is no paper that says who decides for him.",
     "Матвея приводит бабушка. Мама уехала на вахту и не отвечает; нет "
     "документа, кто решает за него."},
    {"She may be told, and may help. Consent she cannot.",
     "Ей можно рассказать, и помогать она может. Дать согласие не вправе."},
    {"The law lets the guardianship body be told, and so it is.",
     "Закон разрешает сообщить в опеку, и ей сообщают."},
    {"The guardianship body comes, sees that he is well, and appoints her "
     "guardian for a time.",
     "Опека приходит, видит, что мальчику хорошо, и назначает её временным "
     "опекуном."},
    {"Now she is asked from the beginning, and says yes.",
     "Теперь её спрашивают с начала, и она согласна."},
    {"Miron: found in Chita, operated in Khabarovsk",
     "Мирон: нашли в Чите, оперировали в Хабаровске"},
    {"In the 24th week the screening shows a heart defect. The case is his "
     "mother's: a curator by name, and a room where she is listened to.",
     "На 24-й неделе скрининг показывает порок сердца. Случай пока мамин: у "
     "неё есть куратор по имени и кабинет, где её выслушают."},
    {"The consilium expects an operation. The birth cannot be planned yet: "
     "the centre in Khabarovsk has not been asked.",
     "Консилиум ждёт операции. Планировать роды ещё нельзя: центр в "
     "Хабаровске не спрошен."},
    {"By video the centre's doctors look at the pictures: they will take "
     "him. He is to be born there.",
     "По видео врачи центра смотрят снимки: они его примут. Родиться ему "
     "лучше там."},
    {"The social fund pays the flight; she goes three weeks before the "
     "day.",
     "Перелёт оплачивает Социальный фонд; она улетает за три недели до "
     "срока."},
    {"Miron is born in Khabarovsk, and breathes by himself.",
     "Мирон родился в Хабаровске и дышит сам."},
    {"He has a case of his own, without name or papers; what was found "
     "before birth has come along.",
     "У него свой случай, пока без имени и документов; найденное до "
     "рождения перешло к нему."},
    {"In their hurry they refer him at once, and are refused: $0. No child "
     "comes to surgery without the centre's word and the mother's.",
     "В спешке его направляют сразу и получают отказ: $0. На операцию не "
     "попадают без слова центра и слова мамы."},
    {"Two hours later the centre has said yes, the mother has been told in "
     "Buryat and agrees: the same referral goes through.",
     "Через два часа центр сказал «да», маме всё объяснили по-бурятски, и "
     "она согласна: то же направление проходит."},
    {"The operation lasted five hours. His heart beats as it should.",
     "Операция шла пять часов. Сердце бьётся как надо."},
    {"The birth certificate: he is called Miron now. At home his mother is "
     "told which support a birth gives a right to, before she asks.",
     "Свидетельство о рождении: теперь он Мирон. Маме сообщают, какая "
     "поддержка положена при рождении, прежде чем она спросит."},
    {"Before they fly home, the doctors there have what was done and what "
     "is to be watched.",
     "Они ещё не улетели домой, а у врачей там уже есть выписка: что сделано "
     "и за чем следить."},
    {"Where the doctors' powers end, social protection at home is told, "
     "with her consent.",
     "Где кончаются полномочия врачей, с её согласия сообщают соцзащите "
     "дома."},
    {"Her application, the decision and the plan, all within the days the "
     "law gives.",
     "Её заявление, решение и план: всё в сроки, которые даёт закон."},
    {"Early help begins as a case of its own, linked to the first: the "
     "centre in Chita speaks Buryat too.",
     "Ранняя помощь начинается своим случаем, связанным с первым: в центре "
     "в Чите говорят и по-бурятски."},
    {"Four weeks old: he smiles, and his heart is quiet.",
     "Четыре недели: он улыбается, и сердце спокойно."},
    {"Nastya: three years old, and no place", "Настя: три года, а места нет"},
    {"Nastya is two and nine months old; help begins this week.",
     "Насте два года и девять месяцев; помощь начинается на этой неделе."},
    {"No place until February. A queue, and a right to appeal.",
     "До февраля места нет. Очередь и право обжаловать."},
    {"The third birthday: the same people go on helping.",
     "Третий день рождения: помогают те же люди."},
    {"A place comes free, and the family takes it.",
     "Место освободилось, и семья его занимает."},
    {"Nastya goes to kindergarten. The case ends.",
     "Настя ходит в сад. Случай завершён."},
    {"Nikolay: dementia, and nobody who may decide",
     "Николай: деменция, и решать за него некому"},
    {"A neighbour rings the social centre: the old man next door has not "
     "eaten for two days. His wife, who was his guardian, died in spring.",
     "Соседка звонит в центр обслуживания: старик за стеной не ел два дня. "
     "Жена, его опекун, умерла весной."},
    {"He is fed the same day. No programme, no contract, no consent: the "
     "law lets the least be told where a life is in danger.",
     "Его кормят в тот же день. Без программы, договора и согласия: когда "
     "жизнь в опасности, закон разрешает сообщить самое необходимое."},
    {"A court declared him incapable long ago. His niece brings soup, and "
     "may not decide for him. The guardianship body is told by law.",
     "Суд давно признал его недееспособным. Племянница носит суп, но решать "
     "за него не вправе. Опеке сообщают по закону."},
    {"Meanwhile somebody comes each day, and nobody asks who pays.",
     "Тем временем к нему приходят каждый день и не спрашивают, кто платит."},
    {"On the third working day the niece is his guardian, for a time at "
     "first.",
     "На третий рабочий день племянница становится опекуном, пока временным."},
    {"She is asked from the beginning, and applies for him: level 3. From "
     "here his route is that of everybody.",
     "Её спрашивают с начала, и она подаёт заявление за него: уровень 3. "
     "Дальше его маршрут такой же, как у всех."},
    {"Platon: palliative care, and out of it again",
     "Платон: паллиативная помощь, и снова без неё"},
    {"At seven months a malformation is found that no operation mends. A "
     "council is to meet with the parents.",
     "В семь месяцев найден порок, который не исправить операцией. С "
     "родителями встретится консилиум."},
    {"The council decides with them: palliative care at home. Papers that "
     "had thirty working days have one now; they want none yet.",
     "Консилиум решает вместе с ними: паллиативная помощь на дому. На "
     "бумаги, где было тридцать рабочих дней, теперь один; им они пока не "
     "нужны."},
    {"He has grown, eats by himself and needs the hospice no more. The "
     "route goes on at its ordinary pace; what was promised faster stays.",
     "Он вырос, ест сам, и хоспис ему больше не нужен. Маршрут идёт обычным "
     "ходом; что обещано быстрее, так и остаётся."},
    {"Sofia, two years old: from the polyclinic to a kindergarten",
     "София, два года: из поликлиники в детский сад"},
    {"At the check-up the doctor sees that Sofia hardly speaks, and records "
     "it. Nobody outside the polyclinic learns of it.",
     "На осмотре врач видит, что София почти не говорит, и записывает это. "
     "Вне поликлиники об этом не узнаёт никто."},
    {"Her mother gets the list of those who can help, and time.",
     "Мама получает список тех, кто поможет, и время подумать."},
    {"She consents; the referral goes to the centre «Амур».",
     "Она согласна; направление уходит в центр «Амур»."},
    {"This is the sheet she takes home:", "Такой лист она берёт домой:"},
    {"The centre accepts: it sees who and how to speak, no more.",
     "Центр принимает: он видит, кто это и как говорить, и больше ничего."},
    {"A kindergarten teacher reports Sofia too. The answer is the same as to "
     "anybody: «taken into work».",
     "О Софии сообщает и воспитатель. Ответ тот же, что любому: «принято в "
     "работу»."},
    {"Intake, assessment, a programme with two lines: speech and movement.",
     "Приём, оценка, программа из двух строк: речь и движение."},
    {"The kindergarten's toy library takes speech, the centre the rest.",
     "Речь берёт лекотека детского сада, остальное центр."},
    {"Nine months before she is three the education department is asked for "
     "a place.",
     "За девять месяцев до трёх лет у управления образования просят место."},
    {"The three-month review: words are coming. It goes on.",
     "Оценка за три месяца: слова появляются. Продолжаем."},
    {"There is a place from the 2nd of February.", "Место есть со 2 февраля."},
    {"Sofia goes to kindergarten, and speaks. The case ends.",
     "София ходит в сад и говорит. Случай завершён."},
    {"Timur: the family carries the referral in hand",
     "Тимур: семья несёт направление сама"},
    {"Timur's parents do not want data to travel. Help costs no consent: "
     "they will take the referral themselves.",
     "Родители Тимура не хотят, чтобы сведения передавали. Помощь от "
     "согласия не зависит: направление они отнесут сами."},
    {"The mother rings up: «Первые шаги» have taken them. The news is "
     "written down as the family's.",
     "Мама звонит: «Первые шаги» их приняли. Записано со слов семьи."},
    {"Three meetings are enough, they think, and plan them.",
     "Трёх встреч, похоже, хватит; их назначают."},
    {"It was enough. Timur's case ends with its goals met.",
     "Хватило. Случай Тимура завершён, цели достигнуты."},
    {"Alisa and Arina: twins are never one child",
     "Алиса и Арина: двойняшки не один ребёнок"},
    {"One birthday, one address, one mother, and Arina has no papers yet: "
     "two cases.",
     "Один день рождения, один адрес, одна мама, а у Арины ещё нет "
     "документов: два случая."},
    {"Asked for duplicates, the register names the sister as a likely twin "
     "and merges nothing.",
     "На вопрос о повторах реестр называет сестру вероятной двойняшкой и "
     "ничего не сливает."},
    {"Varya: a child dies, and the support goes on",
     "Варя: ребёнок умер, поддержка продолжается"},
    {"Varya is born very ill. Doctors elsewhere are asked.",
     "Варя родилась очень больной. Спрашивают врачей другой больницы."},
    {"The night nurse writes that she has died. No notice, no call and no "
     "visit goes out from this minute on.",
     "Ночная медсестра пишет, что она умерла. С этой минуты не уходит ни "
     "одно извещение, никто не звонит и не приходит."},
    {"The coordinator makes sure without calling the parents. The case "
     "ends; what was asked elsewhere is taken back.",
     "Координатор проверяет, не звоня родителям. Случай закрыт; то, о чём "
     "просили других, отозвано."},
    {"A psychologist comes, once and then each week, without any paper to "
     "sign. The doctors do their duty to the register by themselves.",
     "Приходит психолог, сначала раз, потом каждую неделю, без единой "
     "бумаги на подпись. Извещение в регистр врачи подают сами."},
    {"Half a year later: no letter has come to them, and none will.",
     "Полгода спустя: им не пришло ни одного письма, и не придёт."},
    {"Vasya: a village behind the ice", "Вася: село за ледоходом"},
    {"A feldsher finds Vasya, one year old. The ice on the Amur is going "
     "out: until June nobody gets to the village.",
     "Фельдшер замечает годовалого Васю. На Амуре ледоход: до июня в село не "
     "попасть."},
    {"A queue, the third place; and each week a speech therapist by video, "
     "so that waiting is not for nothing.",
     "Очередь, третье место; и каждую неделю логопед по видео, чтобы время "
     "не шло зря."},
    {"The road is closed: only clocks that honour it stand still.",
     "Дорога закрыта: стоят только те сроки, которые её признают."},
    {"A month later the place is looked up by itself: the first.",
     "Через месяц очередь проверена без напоминаний: первое место."},
    {"The boats go again, and a place is free: Komsomolsk accepts.",
     "Катера пошли, и место есть: принимает Комсомольск."},
    {"Vasya's programme has begun.", "Занятия по программе Васи начались."},
    {"Yegor: a deadline is missed, and not by chance noticed",
     "Егор: срок пропущен, и замечают это не случайно"},
    {"The centre accepts Yegor; the intake has ten working days.",
     "Центр принимает Егора; на приём десять рабочих дней."},
    {"The tenth working day: nothing is overdue yet.",
     "Десятый рабочий день: ещё ничего не просрочено."},
    {"The day after: the centre and the coordinator are told.",
     "Назавтра: знают центр и координатор."},
    {"Three working days more: the coordinator's head is told.",
     "Ещё три рабочих дня: знает руководитель координатора."},
    {"Late work can still be done, and says why it is late.",
     "Сделать можно и с опозданием, сказав, почему."},
    {"Zhenya: three calls in vain, and a visit",
     "Женя: три звонка впустую и приход домой"},
    {"Zhenya is not brought to the intake. Whoever waited calls.",
     "Женю не привели на приём. Звонит тот, кто ждал."},
    {"The first call: nobody answers.", "Первый звонок: не отвечают."},
    {"The second, on a Saturday: no.", "Второй, в субботу: нет."},
    {"The third, in the evening: no.", "Третий, вечером: нет."},
    {"Somebody goes there. The telephone was lost; the mother is glad.",
     "К ним едут. Телефон потеряли; мама рада."},
    {"Zlata: at home in Vladivostok, operated in Khabarovsk, on three hubs",
     "Злата: дом во Владивостоке, операция в Хабаровске, три узла"},
    {"At eight weeks a heart defect is found in Vladivostok. Her case lives "
     "on the hub of Primorye. The interregional centre, on a hub of its own, "
     "is asked.",
     "В восемь недель во Владивостоке находят порок сердца. Её случай ведут на "
     "узле Приморья. Спрашивают межрегиональный центр: у него узел свой."},
    {"The centre has it: who she is, and what one doctor may tell another by "
     "law. How to reach the family and how it lives stays at home: no consent "
     "lets it pass.",
     "Запрос в центре: кто она и что врач вправе сказать врачу по закону. "
     "Телефон семьи и то, как она живёт, остались дома: согласия на это нет."},
    {"They will take her. The answer is back in Vladivostok, and the way to "
     "surgery is open. Both hubs tell the same of it:",
     "Её примут. Ответ уже во Владивостоке, путь на операцию открыт. Оба узла "
     "говорят об этом одно:"},
    {"Her mother agrees to the operation. The centre gives a bed, and the "
     "same hour the polyclinic books the flight.",
     "Мама согласна на операцию. Центр даёт место, и в тот же час поликлиника "
     "заказывает перелёт."},
    {"The centre takes her in. Her mother is alone in a strange town, but the "
     "psychologists of Khabarovsk may not be told of her: no consent names "
     "them.",
     "Центр её принимает. Мама одна в чужом городе, но сказать о ней "
     "психологам Хабаровска нельзя: в согласии их нет."},
    {"She consents to them now; and a doctor at the hospital there is to look "
     "at the kidneys. But Khabarovsk's hub is down until tomorrow: Primorye "
     "pauses sending, and this waits: $0.",
     "Теперь она согласна; а врач тамошней больницы должен посмотреть почки. "
     "Но узел Хабаровска до завтра выключен: Приморье ставит отправку на "
     "паузу, и ждёт конвертов: $0."},
    {"Four hours without an answer: the route asks somebody to ring. They "
     "will look at the kidneys tomorrow.",
     "Четыре часа без ответа: маршрут просит позвонить. Почки посмотрят "
     "завтра."},
    {"Her sister has come, and the mother takes her consent to the "
     "psychologists back. What has not left will not leave.",
     "Приехала сестра, и мама отзывает согласие на психологов. Что не ушло, "
     "уже не уйдёт."},
    {"Khabarovsk's hub serves again and catches up: the question about the "
     "kidneys is there, and answered. They need watching, no more.",
     "Узел Хабаровска снова работает и догоняет: вопрос о почках дошёл, ответ "
     "есть. За ними нужно наблюдать, и только."},
    {"The psychologists have nothing of her: no name, no referral, not even "
     "that there was one.",
     "У психологов о ней ничего: ни имени, ни направления, ни следа, что оно "
     "было."},
    {"The operation went well, and home knows it the same hour: what was "
     "done, and that no other operation will follow.",
     "Операция прошла хорошо, и дома это знают в тот же час: что сделано и "
     "что больше операций не будет."},
    {"Home in Vladivostok: the polyclinic goes on from what the centre wrote.",
     "Дома, во Владивостоке: поликлиника продолжает с того, что написал "
     "центр."},
    {"Eleven weeks old, and she sleeps through the night. Whatever left the "
     "hub at home has been answered.",
     "Одиннадцать недель, и ночью она спит. На всё, что ушло с домашнего "
     "узла, есть ответ."},
    {"hub", "узел"},
    {"move", "что"},
    {"sent", "отправлено"},
    {"received", "получено"},
    {"accepted", "принято"},
    {"begun", "начато"},
    {"completed", "завершено"},
    {"The three hubs at the end, and what passed between them",
     "Три узла в конце и что между ними прошло"},
    {"cases", "случаи"},
    {"referrals of other hubs", "направления других узлов"},
    {"envelopes sent", "конвертов отправлено"},
    {"envelopes taken", "конвертов принято"},
    {"undelivered", "не доставлено"},
};
// clang-format on

}  // namespace

std::optional<absl::string_view> InRussian(absl::string_view english) {
  for (const Line& line : kLines) {
    if (line.english == english) return line.russian;
  }
  return std::nullopt;
}

}  // namespace careroute::services
