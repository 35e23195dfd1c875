"""The steps of the walkthrough in Portuguese: below each English phrase the one that says it in Portuguese."""

from __future__ import annotations

from functools import wraps

from pytest_bdd import step
from pytest_bdd.steps import step_function_context_registry

from graphcal.portuguese import Phrase, in_english
from graphcal.story import Story
from steps import events

PHRASES = """
{owner:Person} has delegated {his:Pronoun} calendar to {delegate:Person}
que {owner:Person} delegou seu calendário a {delegate:Person}

the meeting "{subject:Text}" is planned
que a reunião "{subject:Text}" está planejada

{by:Person} has invited {invitees:People} to "{subject:Text}" in {owner:Person}'s calendar
que {by:Person} convidou {invitees:People} para "{subject:Text}" no calendário de {owner:Person}

{who:Person} has answered {manner:Manner}: "{comment:Text}"
que {who:Person} respondeu {manner:Manner}: "{comment:Text}"

{reader:Person} has read {responder:Person}'s answer
que {reader:Person} leu a resposta de {responder:Person}

{who:Person} lists {her:Pronoun} calendars
{who:Person} lista seus calendários

{who:Person} looks at the event {she:Subject} created
{who:Person} consulta o evento que criou

{who:Person} looks at the invitation
{who:Person} consulta o convite

{who:Person} looks at the event of the invitation
{who:Person} consulta o evento do convite

{who:Person} answers {manner:Manner}: "{comment:Text}"
{who:Person} responde {manner:Manner}: "{comment:Text}"

{who:Person} looks at the event after {her:Pronoun} answer
{who:Person} consulta o evento depois de responder

{reader:Person} looks at {responder:Person}'s answer
{reader:Person} consulta a resposta de {responder:Person}

{who:Person} looks at the event in {his:Pronoun} calendar
{who:Person} consulta o evento em seu calendário

the service answers {code:Number}
o serviço responde {code:Number}

the service answers {code:Number} with a collection
o serviço responde {code:Number} com uma coleção

the service has created the event
o serviço criou o evento

the answer brings an item
a resposta traz um item

the answer is empty
a resposta está vazia

every property has the type that the metadata gives it
toda propriedade tem o tipo que os metadados dão a ela

every property that the page prints is there
toda propriedade que a página mostra está presente

{who:Person}'s own calendar is listed
o calendário próprio de {who:Person} está na lista

{who:Person} has every right to {her:Pronoun} own calendar
{who:Person} tem todos os direitos sobre seu próprio calendário

exactly one copy of {owner:Person}'s calendar is listed
há exatamente uma cópia do calendário de {owner:Person} na lista

{who:Person} {can:Ability} share {owner:Person}'s calendar
{who:Person} {can:Ability} compartilhar o calendário de {owner:Person}

{who:Person} {can:Ability} edit {owner:Person}'s calendar
{who:Person} {can:Ability} editar o calendário de {owner:Person}

{who:Person} {can:Ability} see private items in {owner:Person}'s calendar
{who:Person} {can:Ability} ver itens privados no calendário de {owner:Person}

{owner:Person}'s calendar names {same:Person} as its owner
o calendário de {owner:Person} indica {same:Person} como proprietário

{owner:Person}'s calendar is called after {same:Person}
o calendário de {owner:Person} tem o nome de {same:Person}

{owner:Person}'s calendar has another id in {his:Pronoun} mailbox than its copy has in {delegate:Person}'s
o id do calendário na caixa de correio de {owner:Person} difere do id da cópia na de {delegate:Person}

the answer is an event and no message
a resposta é um evento e não uma mensagem

the event is organized by the owner of its calendar
o evento é organizado pelo proprietário do calendário

the event is organized by somebody else
o evento é organizado por outra pessoa

the organizer is {who:Person}
o organizador é {who:Person}

the attendees are exactly {people:People}
os participantes são exatamente {people:People}

{people:People} are required
{people:People} têm presença obrigatória

{people:People} is required
{people:People} tem presença obrigatória

each address is as it was given, casing aside
cada endereço é o que foi informado, salvo maiúsculas e minúsculas

nothing in the event reveals {who:Person}
nada no evento revela {who:Person}

the attendees are asked to respond
pede-se resposta aos participantes

the event has the defaults of a plain meeting
o evento tem os padrões de uma reunião simples

the event counts its own side as the organizer
o evento registra seu próprio lado como organizador

the event is shown as {availability:Availability}
o evento aparece como {availability:Availability}

the reminder is {on:Switch} and set to {minutes:Number} minutes
o lembrete está {on:Switch} e definido para {minutes:Number} minutos

the place is "{place:Text}" in both ways that an event tells it
o local é "{place:Text}" nas duas formas em que um evento o indica

the event remembers the zone of "{subject:Text}"
o evento guarda o fuso horário de "{subject:Text}"

the event is from {start:Clock} to {end:Clock} in "{zone:Text}"
o evento vai das {start:Clock} às {end:Clock} em "{zone:Text}"

the times of the event are in UTC
os horários do evento estão em UTC

the event is at the moment planned for "{subject:Text}"
o evento ocorre no momento planejado para "{subject:Text}"

start and end have seven fractional digits and no offset
início e fim têm sete dígitos fracionários e nenhum deslocamento

the event has the iCalUId of the event that Adele created
o evento tem o iCalUId do evento que Adele criou

the event has the iCalUId of {who:Person}'s copy
o evento tem o iCalUId da cópia de {who:Person}

the event has another id than the event that Adele created
o id do evento não é o do evento que Adele criou

its id, change key and etag are not those of the event that Adele created
seu id, sua chave de alteração e sua etag não são os do evento que Adele criou

its id, change key and etag are not those of {who:Person}'s copy
seu id, sua chave de alteração e sua etag não são os da cópia de {who:Person}

the event agrees with {who:Person}'s copy on what the meeting is
o evento concorda com a cópia de {who:Person} sobre o que é a reunião

the event was not made before the event that Adele created
o evento não foi feito antes do evento que Adele criou

the invitation has reached {who:Person}
o convite chegou a {who:Person}

the message is a meeting request
a mensagem é uma solicitação de reunião

the message is a tentative acceptance
a mensagem é uma aceitação provisória

the message's type is eventMessage or eventMessageRequest
o tipo da mensagem é eventMessage ou eventMessageRequest

the message's type is eventMessage or eventMessageResponse
o tipo da mensagem é eventMessage ou eventMessageResponse

the message brings its event
a mensagem traz seu evento

the message has another id than its event
o id da mensagem não é o do evento dela

the sender is {who:Person}
quem enviou a mensagem é {who:Person}

the message is from {who:Person}
a mensagem é de {who:Person}

the message is addressed to {people:People}
a mensagem é endereçada a {people:People}

the message is addressed to exactly {people:People}
a mensagem é endereçada exatamente a {people:People}

nobody gets a copy of the request
ninguém recebe cópia da solicitação

nothing in the message but its sender reveals {who:Person}
nada na mensagem, exceto quem a enviou, revela {who:Person}

the message bears the subject and the text of "{subject:Text}"
a mensagem traz o assunto e o texto de "{subject:Text}"

the subject is "{prefix:Text}" before that of "{subject:Text}"
o assunto é "{prefix:Text}" antes do assunto de "{subject:Text}"

the message is no draft, not flagged and of normal importance
a mensagem não é rascunho, não está sinalizada e tem importância normal

the message is unread, no draft and copied to nobody
a mensagem não foi lida, não é rascunho e não tem cópia para ninguém

the message was sent before it was received
a mensagem foi enviada antes de ser recebida

the conversation index is a root of {length:Number} bytes
o índice da conversa é uma raiz de {length:Number} bytes

the conversation index is that of {who:Person}'s invitation and {more:Number} bytes more
o índice da conversa é o do convite de {who:Person} e mais {more:Number} bytes

no attendee has answered
nenhum participante respondeu

the event's own response is open
a resposta própria do evento está em aberto

no attendee's answer is shown
nenhuma resposta de participante aparece

the answer of {who:Person} is shown as open
a resposta de {who:Person} aparece em aberto

{responder:Person}'s answer has reached {reader:Person}
a resposta de {responder:Person} chegou a {reader:Person}

{who:Person}'s answer is "{response:Text}"
a resposta de {who:Person} é "{response:Text}"

{owner:Person} is told {who:Person}'s answer that was not addressed to {him:Object}
{owner:Person} fica sabendo da resposta de {who:Person}, que não foi endereçada a {him:Object}

{who:Person}'s answer bears the time that {her:Pronoun} own copy tells
a resposta de {who:Person} traz a hora que sua própria cópia indica

{who:Person}'s answer bears the time {her:Pronoun} message was sent, give or take {seconds:Number} seconds
a resposta de {who:Person} traz a hora em que foi enviada, {seconds:Number} segundos a mais ou a menos

the event was changed at most {seconds:Number} seconds after {who:Person}'s answer
o evento foi alterado no máximo {seconds:Number} segundos depois da resposta de {who:Person}

its timestamps end in Z
suas datas e horas terminam em Z

its timestamps have {precision:Precision}
suas datas e horas têm {precision:Precision}

the content type sent as "{sent:Text}" has become "{stored:Text}"
o tipo de conteúdo enviado como "{sent:Text}" tornou-se "{stored:Text}"

its body is HTML
seu corpo é HTML

the body is a document around "{text:Text}"
o corpo é um documento em torno de "{text:Text}"

the body holds "{text:Text}"
o corpo contém "{text:Text}"

the preview is "{text:Text}"
a prévia é "{text:Text}"

its preview is plain text of at most {length:Number} characters
sua prévia é texto simples de no máximo {length:Number} caracteres

its etag is the weak form of its change key
sua etag é a forma fraca de sua chave de alteração

it has a web link
há um link da Web

its web link holds its encoded id
seu link da Web contém seu id codificado
"""


@wraps(events.is_planned)
def is_planned(subject: str, datatable: list[list[str]], story: Story) -> None:
    """Say what the meeting's name means, in a table of Portuguese words."""
    events.is_planned(subject, in_english(subject, datatable), story)


_defined = {context.parser.name: context for context in list(step_function_context_registry.values())}
for _english, _portuguese in (pair.splitlines() for pair in PHRASES.strip().split("\n\n")):
    _meant = _defined[_english]
    _function = is_planned if _meant.step_func is events.is_planned else _meant.step_func
    step(Phrase(_portuguese), _meant.type, target_fixture=_meant.target_fixture)(_function)
