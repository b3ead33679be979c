/* A port in C, its adapter and itself, in the standard library alone (spec/protocol.md).
 *
 *     cc -O2 -ffp-contract=off -o rmsprop rmsprop.c -lm && npx rmsproof check --command ./rmsprop
 */
#define _POSIX_C_SOURCE 200809L /* getline */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *allocate(size_t size) {
  void *made = calloc(1, size ? size : 1);
  if (made == NULL) exit(1);
  return made;
}

/* JSON: as much of it as a request has. Texts have no escapes but \" and \\; members of objects are in `items` by `keys`. */

typedef enum { ABSENT, NUL, FALSE_, TRUE_, NUMBER, TEXT, LIST, OBJECT } Kind;

typedef struct Json {
  Kind kind;
  double number;
  char *text;
  size_t count;
  char **keys;
  struct Json *items;
} Json;

static const Json NOTHING = {ABSENT, 0, NULL, 0, NULL, NULL};

static char *parse_text(const char **at) {
  const char *end = ++*at;
  while (*end != '"') end += *end == '\\' ? 2 : 1;
  char *text = allocate(end - *at + 1), *to = text;
  for (; *at < end; ++*at) {
    if (**at == '\\') ++*at;
    *to++ = **at;
  }
  ++*at;
  return text;
}

static Json parse(const char **at) {
  Json value = NOTHING;
  size_t room = 0;
  char close;
  switch (**at) {
    case '"': value.kind = TEXT; value.text = parse_text(at); return value;
    case 'n': value.kind = NUL; *at += 4; return value;
    case 't': value.kind = TRUE_; value.number = 1; *at += 4; return value;
    case 'f': value.kind = FALSE_; *at += 5; return value;
    case '[': value.kind = LIST; close = ']'; break;
    case '{': value.kind = OBJECT; close = '}'; break;
    default: {
      char *end;
      value.kind = NUMBER;
      value.number = strtod(*at, &end);
      *at = end;
      return value;
    }
  }
  ++*at;
  while (**at != close) {
    if (**at == ',') ++*at;
    if (value.count == room) {
      room = room ? 2 * room : 4;
      value.items = realloc(value.items, room * sizeof(Json));
      value.keys = realloc(value.keys, room * sizeof(char *));
      if (value.items == NULL || value.keys == NULL) exit(1);
    }
    value.keys[value.count] = NULL;
    if (value.kind == OBJECT) {
      value.keys[value.count] = parse_text(at);
      ++*at; /* the colon */
    }
    value.items[value.count++] = parse(at);
  }
  ++*at;
  return value;
}

static void release(Json value) {
  for (size_t i = 0; i < value.count; i++) {
    release(value.items[i]);
    free(value.keys[i]);
  }
  free(value.items);
  free(value.keys);
  free(value.text);
}

static Json get(Json object, const char *key) {
  for (size_t i = 0; i < object.count; i++)
    if (object.keys[i] != NULL && strcmp(object.keys[i], key) == 0) return object.items[i];
  return NOTHING;
}

static int is(Json value, const char *text) { return value.kind == TEXT && strcmp(value.text, text) == 0; }

/* The value of an option, where JSON has no number as { "$float": "nan" }. */
static double number(Json value) {
  Json special = get(value, "$float");
  return special.kind == TEXT ? strtod(special.text, NULL) : value.number;
}

/* The port: every operation rounds to the element type (spec/implement.md). */

typedef struct { double lr, alpha, eps, weight_decay, momentum, centered, maximize; } Options;

static const Options DEFAULTS = {0.01, 0.99, 1e-8, 0, 0, 0, 0};

typedef struct {
  const char *name;
  int single;
  size_t count;
  double *data, *grad;
  Json shape;
} Tensor;

/* What an optimizer keeps of a tensor: buffers, or NULL where they do not exist. */
typedef struct {
  Tensor *tensor;
  /* Steps taken. */
  double step;
  double *square_avg, *momentum_buffer, *grad_avg;
} State;

typedef struct Optimizer {
  /* Of a checkpoint too, which is an optimizer that takes no step. */
  const char *name;
  Options options;
  /* One a parameter, of one that is there twice the same; and each of them once, in `states`. */
  State **params, *states;
  size_t count, distinct;
  struct Optimizer *before;
} Optimizer;

static double rounded(double x, int single) { return single ? (double)(float)x : x; }

#define R(x) rounded((x), single)

static void update(State *s, Options o) {
  Tensor *t = s->tensor;
  int single = t->single;
  if (s->square_avg == NULL) {
    s->square_avg = allocate(t->count * sizeof(double));
    if (o.momentum > 0) s->momentum_buffer = allocate(t->count * sizeof(double));
    if (o.centered != 0) s->grad_avg = allocate(t->count * sizeof(double));
  }
  s->step++;
  double lr = R(-o.lr), alpha = R(o.alpha), w = R(1 - o.alpha), eps = R(o.eps);
  double decay = R(o.weight_decay), momentum = R(o.momentum);
  for (size_t i = 0; i < t->count; i++) {
    double *p = &t->data[i], *v = &s->square_avg[i], g = o.maximize != 0 ? -t->grad[i] : t->grad[i];
    if (o.weight_decay != 0) g = R(g + R(decay * *p));
    *v = R(*v * alpha);
    *v = R(*v + R(R(w * g) * g));
    double variance = *v;
    if (o.centered != 0) {
      double *m = &s->grad_avg[i], d = R(g - *m);
      *m = fabs(w) < 0.5 ? R(*m + R(w * d)) : R(g - R(d * R(1 - w)));
      variance = R(variance - R(*m * *m));
    }
    double d = R(R(sqrt(variance)) + eps);
    if (o.momentum > 0) {
      double *b = &s->momentum_buffer[i];
      *b = R(*b * momentum);
      *b = R(*b + R(g / d));
      *p = R(*p + R(lr * *b));
    } else {
      *p = R(*p + R(R(lr * g) / d));
    }
  }
}

/* The adapter: a scenario in, an observation an operation out (spec/scenario.md). Without the claim
 * of groups an optimizer has one. */

typedef struct {
  Tensor *tensors;
  size_t count;
  /* The optimizer made last. */
  Optimizer *optimizers;
} Run;

static Tensor *named(Run *run, const char *name) {
  for (size_t i = 0; i < run->count; i++)
    if (strcmp(run->tensors[i].name, name) == 0) return &run->tensors[i];
  return NULL;
}

static Optimizer *made_as(Run *run, Json name, const char *otherwise) {
  Optimizer *found = run->optimizers;
  while (strcmp(found->name, name.kind == TEXT ? name.text : otherwise) != 0) found = found->before;
  return found;
}

static Optimizer *optimizer_of(Run *run, Json op) { return made_as(run, get(op, "optimizer"), "opt"); }

static void read_bits(size_t count, int single, const char *bits, double *to) {
  for (size_t i = 0; i < count; i++) {
    char *end;
    uint64_t pattern = strtoull(bits, &end, 16);
    if (single) {
      uint32_t half = (uint32_t)pattern;
      float x;
      memcpy(&x, &half, sizeof x);
      to[i] = x;
    } else {
      memcpy(&to[i], &pattern, sizeof pattern);
    }
    bits = end;
  }
}

static void write_bits(Tensor *t, const double *from) {
  putchar('"');
  for (size_t i = 0; i < t->count; i++) {
    if (i > 0) putchar(' ');
    if (t->single) {
      float x = (float)from[i];
      uint32_t pattern;
      memcpy(&pattern, &x, sizeof x);
      printf("%08lx", (unsigned long)pattern);
    } else {
      uint64_t pattern;
      memcpy(&pattern, &from[i], sizeof pattern);
      printf("%016llx", (unsigned long long)pattern);
    }
  }
  putchar('"');
}

static void write_tensor(Tensor *t, const double *from) {
  printf("{\"$tensor\":{\"dtype\":\"%s\",\"shape\":[", t->single ? "float32" : "float64");
  for (size_t i = 0; i < t->shape.count; i++) printf("%s%.0f", i ? "," : "", t->shape.items[i].number);
  printf("],\"bits\":");
  write_bits(t, from);
  printf("}}");
}

static void set_option(Options *o, const char *name, Json value) {
  double x = number(value);
  if (strcmp(name, "lr") == 0) o->lr = x;
  else if (strcmp(name, "alpha") == 0) o->alpha = x;
  else if (strcmp(name, "eps") == 0) o->eps = x;
  else if (strcmp(name, "weight_decay") == 0) o->weight_decay = x;
  else if (strcmp(name, "momentum") == 0) o->momentum = x;
  else if (strcmp(name, "centered") == 0) o->centered = x;
  else if (strcmp(name, "maximize") == 0) o->maximize = x;
}

static void train(Run *run, Json op, Json sequences) {
  Json sequence = get(sequences, get(op, "gradients").text), at = get(op, "params_at");
  Optimizer *optimizer = optimizer_of(run, op);
  size_t first = (size_t)get(op, "after").number, steps = (size_t)get(op, "steps").number, shown = 0;
  printf("{\"steps\":[");
  for (size_t n = first; n < first + steps; n++) {
    Json step = sequence.items[n];
    for (size_t i = 0; i < step.count; i++) {
      Tensor *t = named(run, step.keys[i]);
      free(t->grad);
      t->grad = NULL;
      if (step.items[i].kind != TEXT) continue;
      t->grad = allocate(t->count * sizeof(double));
      read_bits(t->count, t->single, step.items[i].text, t->grad);
    }
    for (size_t i = 0; i < optimizer->count; i++)
      if (optimizer->params[i]->tensor->grad != NULL) update(optimizer->params[i], optimizer->options);
    int wanted = at.kind == ABSENT;
    for (size_t i = 0; i < at.count; i++) wanted |= (size_t)at.items[i].number == n + 1;
    if (!wanted) continue;
    printf("%s{", shown++ ? "," : "");
    for (size_t i = 0; i < step.count; i++) {
      Tensor *t = named(run, step.keys[i]);
      printf("%s\"%s\":", i ? "," : "", t->name);
      write_bits(t, t->data);
    }
    putchar('}');
  }
  printf("]}");
}

static void read_tensors(Run *run, Json names) {
  printf("{\"value\":{\"$dict\":[");
  for (size_t i = 0; i < names.count; i++) {
    Tensor *t = named(run, names.items[i].text);
    printf("%s[\"%s\",", i ? "," : "", t->name);
    write_tensor(t, t->data);
    putchar(']');
  }
  printf("]}}");
}

static void write_buffer(const char *before, const char *name, Tensor *t, const double *buffer) {
  if (buffer == NULL) return;
  printf("%s[\"%s\",", before, name);
  write_tensor(t, buffer);
  putchar(']');
}

/* By the names of the tensors that have some, with or without the counts of steps. */
static void state(Optimizer *optimizer, int steps) {
  printf("{\"$dict\":[");
  for (size_t i = 0, shown = 0; i < optimizer->distinct; i++) {
    State *s = &optimizer->states[i];
    if (s->square_avg == NULL) continue;
    printf("%s[\"%s\",{\"$dict\":[", shown++ ? "," : "", s->tensor->name);
    if (steps) printf("[\"step\",%.0f],", s->step);
    write_buffer("", "square_avg", s->tensor, s->square_avg);
    write_buffer(",", "momentum_buffer", s->tensor, s->momentum_buffer);
    write_buffer(",", "grad_avg", s->tensor, s->grad_avg);
    printf("]}]");
  }
  printf("]}");
}

static const char *const KNOWN[] = {"optimizer", "train", "set", "read", "state", "save", "load"};

static void make_optimizer(Run *run, Json op) {
  Json params = get(op, "params"), options = get(op, "options"), name = get(op, "as");
  Optimizer *made = allocate(sizeof(Optimizer));
  made->name = name.kind == TEXT ? name.text : "opt";
  made->options = DEFAULTS;
  for (size_t i = 0; i < options.count; i++) set_option(&made->options, options.keys[i], options.items[i]);
  made->count = params.count;
  made->states = allocate(params.count * sizeof(State));
  made->params = allocate(params.count * sizeof(State *));
  for (size_t i = 0; i < params.count; i++) {
    /* A tensor is named "$w". */
    Tensor *tensor = named(run, params.items[i].text + 1);
    size_t at = 0;
    while (at < made->distinct && made->states[at].tensor != tensor) at++;
    made->states[at].tensor = tensor;
    if (at == made->distinct) made->distinct++;
    made->params[i] = &made->states[at];
  }
  made->before = run->optimizers;
  run->optimizers = made;
}

static double *copied(const double *buffer, size_t count) {
  if (buffer == NULL) return NULL;
  double *copy = allocate(count * sizeof(double));
  return memcpy(copy, buffer, count * sizeof(double));
}

static void forget(State *s) {
  free(s->square_avg), free(s->momentum_buffer), free(s->grad_avg);
  *s = (State){s->tensor, 0, NULL, NULL, NULL};
}

/* Everything that an optimizer goes on from: its options, and the state of each tensor. */
static void take_over(Optimizer *to, const Optimizer *from) {
  to->options = from->options;
  for (size_t i = 0; i < to->distinct; i++) {
    State *own = &to->states[i], *given = &from->states[i];
    size_t count = own->tensor->count;
    forget(own);
    own->step = given->step;
    own->square_avg = copied(given->square_avg, count);
    own->momentum_buffer = copied(given->momentum_buffer, count);
    own->grad_avg = copied(given->grad_avg, count);
  }
}

/* A buffer of a checkpoint, rounded to the element type of its tensor. */
static double *loaded(Json entry, const Tensor *t) {
  if (entry.kind == ABSENT) return NULL;
  double *made = allocate(t->count * sizeof(double));
  read_bits(t->count, is(get(entry, "dtype"), "float32"), get(entry, "bits").text, made);
  for (size_t i = 0; i < t->count; i++) made[i] = rounded(made[i], t->single);
  return made;
}

/* An optimizer over one group of tensors, as a checkpoint has it. */
static void load_value(Optimizer *to, Json value) {
  Json options = get(get(value, "groups").items[0], "options"), all = get(value, "state");
  for (size_t i = 0; i < options.count; i++) set_option(&to->options, options.keys[i], options.items[i]);
  for (size_t i = 0; i < to->distinct; i++) {
    State *s = &to->states[i];
    Json own = get(all, s->tensor->name);
    forget(s);
    s->step = get(own, "step").number;
    s->square_avg = loaded(get(own, "square_avg"), s->tensor);
    s->momentum_buffer = loaded(get(own, "momentum_buffer"), s->tensor);
    s->grad_avg = loaded(get(own, "grad_avg"), s->tensor);
  }
}

/* An optimizer of the same tensors. */
static Optimizer *another(Run *run, const Optimizer *like, const char *name) {
  Optimizer *made = allocate(sizeof(Optimizer));
  *made = *like;
  made->name = name;
  made->params = allocate(like->count * sizeof(State *));
  made->states = allocate(like->count * sizeof(State));
  for (size_t i = 0; i < like->count; i++) {
    made->params[i] = &made->states[like->params[i] - like->states];
    made->states[i].tensor = like->states[i].tensor;
  }
  made->before = run->optimizers;
  run->optimizers = made;
  return made;
}

static void save(Run *run, Json op) {
  Optimizer *optimizer = optimizer_of(run, op);
  Json name = get(op, "as");
  take_over(another(run, optimizer, name.kind == TEXT ? name.text : "checkpoint"), optimizer);
  Options o = optimizer->options;
  printf("{\"value\":{\"$dict\":[[\"groups\",[{\"$dict\":[[\"params\",[");
  for (size_t i = 0; i < optimizer->count; i++)
    printf("%s\"%s\"", i ? "," : "", optimizer->params[i]->tensor->name);
  printf("]],[\"lr\",%.17g],[\"alpha\",%.17g],[\"eps\",%.17g],[\"weight_decay\",%.17g],[\"momentum\",%.17g],"
         "[\"centered\",%s],[\"maximize\",%s]]}]],[\"state\",",
         o.lr, o.alpha, o.eps, o.weight_decay, o.momentum, o.centered != 0 ? "true" : "false",
         o.maximize != 0 ? "true" : "false");
  state(optimizer, 1);
  printf("]]}}");
}

static void perform(Run *run, Json op, Json gradients) {
  Json kind = get(op, "op"), value = get(op, "value");
  if (is(kind, "train")) { train(run, op, gradients); return; }
  if (is(kind, "read")) { read_tensors(run, get(op, "tensors")); return; }
  if (is(kind, "save")) { save(run, op); return; }
  if (is(kind, "state")) {
    printf("{\"value\":");
    state(optimizer_of(run, op), 0);
    putchar('}');
    return;
  }
  if (is(kind, "load") && value.kind != ABSENT) load_value(optimizer_of(run, op), value);
  else if (is(kind, "load")) take_over(optimizer_of(run, op), made_as(run, get(op, "from"), "checkpoint"));
  else if (is(kind, "set")) set_option(&optimizer_of(run, op)->options, get(op, "option").text, get(op, "value"));
  else make_optimizer(run, op);
  printf("{}");
}

/* The first operation that is not known; NULL where all are. */
static const char *unknown(Json program) {
  for (size_t i = 0; i < program.count; i++) {
    int found = 0;
    for (size_t k = 0; k < sizeof KNOWN / sizeof *KNOWN; k++) found |= is(get(program.items[i], "op"), KNOWN[k]);
    if (!found) return get(program.items[i], "op").text;
  }
  return NULL;
}

static void answer(Json scenario) {
  Json specs = get(scenario, "tensors"), program = get(scenario, "program");
  printf("{\"id\":\"%s\",", get(scenario, "id").text);
  const char *strange = unknown(program);
  if (strange != NULL) {
    printf("\"failure\":\"unknown operation %s\"}\n", strange);
    return;
  }
  Run run = {allocate(specs.count * sizeof(Tensor)), specs.count, NULL};
  for (size_t i = 0; i < specs.count; i++) {
    Tensor *t = &run.tensors[i];
    Json spec = specs.items[i];
    t->name = specs.keys[i];
    t->single = is(get(spec, "dtype"), "float32");
    t->shape = get(spec, "shape");
    t->count = 1;
    for (size_t k = 0; k < t->shape.count; k++) t->count *= (size_t)t->shape.items[k].number;
    t->data = allocate(t->count * sizeof(double));
    read_bits(t->count, t->single, get(spec, "bits").text, t->data);
  }
  printf("\"observations\":[");
  for (size_t i = 0; i < program.count; i++) {
    if (i > 0) putchar(',');
    perform(&run, program.items[i], get(scenario, "gradients"));
  }
  printf("]}\n");
  for (size_t i = 0; i < run.count; i++) {
    free(run.tensors[i].data);
    free(run.tensors[i].grad);
  }
  free(run.tensors);
  while (run.optimizers != NULL) {
    Optimizer *last = run.optimizers;
    for (size_t i = 0; i < last->distinct; i++) {
      forget(&last->states[i]);
    }
    run.optimizers = last->before;
    free(last->states);
    free(last->params);
    free(last);
  }
}

int main(void) {
  char *line = NULL;
  size_t room = 0;
  while (getline(&line, &room, stdin) > 0) {
    const char *at = line;
    Json request = parse(&at), scenario = get(request, "run");
    int bye = get(request, "bye").kind != ABSENT;
    if (get(request, "hello").kind != ABSENT)
      printf("{\"hello\":{\"name\":\"rmsprop.c\",\"version\":\"1.0\",\"claims\":[\"numbers\",\"state\",\"float32\","
             "\"float64\",\"momentum\",\"centered\",\"weight_decay\",\"maximize\",\"none-gradients\","
             "\"empty-tensors\",\"lr-change\",\"resume\"]}}\n");
    else if (!bye)
      answer(scenario);
    release(request);
    if (bye) break;
    fflush(stdout);
  }
  free(line);
  return 0;
}
