"""Records what real Python packages compute of scripts/dialects/programs.json, into test/conformance/diagnosis/dialects.json.

    python scripts/dialects/record.py NAME     where the package is installed; one of RUNNERS

Two steps with the first lr, two with another; the parameter after each, as bits of float32.
"""
import importlib.metadata
import json
import pathlib
import struct
import sys

HERE = pathlib.Path(__file__).parent
OUT = HERE.parent.parent / "test/conformance/diagnosis/dialects.json"
PROGRAMS = json.loads((HERE / "programs.json").read_text())


def bits(numbers):
    return " ".join(struct.pack(">f", float(x)).hex() for x in numbers)


def keras(options, start, gradients, lrs):
    import os
    os.environ.setdefault("KERAS_BACKEND", "jax")
    import keras as k
    import numpy as np
    v = k.Variable(np.array(start, "float32"))
    opt = k.optimizers.RMSprop(learning_rate=lrs[0], rho=options["alpha"], epsilon=options["eps"],
                               momentum=options.get("momentum", 0.0), centered=options.get("centered", False),
                               weight_decay=options.get("weight_decay"))
    for g, lr in zip(gradients, lrs):
        opt.learning_rate = lr
        opt.apply([k.ops.convert_to_tensor(np.array(g, "float32"))], [v])
        yield np.array(v)


def optax(options, start, gradients, lrs):
    import jax.numpy as jnp
    import numpy as np
    import optax as o
    p = jnp.array(start, "float32")
    make = lambda lr: o.inject_hyperparams(o.rmsprop, static_args=("centered", "nesterov", "initial_scale", "eps_in_sqrt", "bias_correction"))(
        learning_rate=lr, decay=options["alpha"], eps=options["eps"], centered=options.get("centered", False), momentum=options.get("momentum"))
    opt = make(lrs[0])
    state = opt.init(p)
    for g, lr in zip(gradients, lrs):
        state.hyperparams["learning_rate"] = jnp.asarray(lr, "float32")
        updates, state = opt.update(jnp.array(g, "float32"), state, p)
        p = o.apply_updates(p, updates)
        yield np.array(p)


def paddle(options, start, gradients, lrs):
    import numpy as np
    import paddle as pd
    p = pd.create_parameter([len(start)], "float32", default_initializer=pd.nn.initializer.Assign(np.array(start, "float32")))
    opt = pd.optimizer.RMSProp(learning_rate=lrs[0], rho=options["alpha"], epsilon=options["eps"], momentum=options.get("momentum", 0.0),
                               centered=options.get("centered", False), parameters=[p],
                               weight_decay=options.get("weight_decay"))
    for g, lr in zip(gradients, lrs):
        opt.set_lr(lr)
        p.clear_grad()
        (p * pd.to_tensor(np.array(g, "float32"))).sum().backward()
        opt.step()
        yield p.numpy()


def mlx(options, start, gradients, lrs):
    import mlx.core as mx
    import mlx.optimizers as o
    import numpy as np
    p = {"w": mx.array(start, mx.float32)}
    opt = o.RMSprop(learning_rate=lrs[0], alpha=options["alpha"], eps=options["eps"])
    for g, lr in zip(gradients, lrs):
        opt.learning_rate = lr
        p = opt.apply_gradients({"w": mx.array(g, mx.float32)}, p)
        yield np.array(p["w"])


def of_torch(make):
    def run(options, start, gradients, lrs):
        import torch
        p = torch.nn.Parameter(torch.tensor(start, dtype=torch.float32))
        opt = make([p], lrs[0], options)
        for g, lr in zip(gradients, lrs):
            if lr != lrs[0]:
                opt.param_groups[0]["lr"] = lr
            p.grad = torch.tensor(g, dtype=torch.float32)
            opt.step()
            yield p.detach().numpy().copy()
    return run


def make_timm(params, lr, options):
    import importlib
    # The package itself wants torchvision, which its optimizers do not: they are imported without it.
    folder = next(f for f in importlib.metadata.files("timm") if str(f).endswith("optim/rmsprop_tf.py")).locate().parent
    for name, path in (("timm", folder.parent), ("timm.optim", folder)):
        module = type(sys)(name)
        module.__path__ = [str(path)]
        sys.modules.setdefault(name, module)
    RMSpropTF = importlib.import_module("timm.optim.rmsprop_tf").RMSpropTF
    return RMSpropTF(params, lr=lr, alpha=options["alpha"], eps=options["eps"], momentum=options.get("momentum", 0),
                     centered=options.get("centered", False), weight_decay=options.get("weight_decay", 0))


def make_torchopt(params, lr, options):
    import torchopt
    return torchopt.RMSProp(params, lr=lr, alpha=options["alpha"], eps=options["eps"], momentum=options.get("momentum", 0),
                            centered=options.get("centered", False), weight_decay=options.get("weight_decay", 0))


def make_bitsandbytes(params, lr, options):
    import bitsandbytes as bnb
    return bnb.optim.RMSprop32bit(params, lr=lr, alpha=options["alpha"], eps=options["eps"], momentum=options.get("momentum", 0),
                                  weight_decay=options.get("weight_decay", 0))


def autograd(options, start, gradients, lrs):
    import numpy as np
    from autograd.misc.optimizers import rmsprop
    seen = []
    rmsprop(lambda x, i: np.array(gradients[i]), np.array(start), callback=lambda x, i, g: seen.append(np.array(x)),
            num_iters=len(gradients), step_size=lrs[0], gamma=options["alpha"], eps=options["eps"])
    # The callback comes before the step, so the last one is not seen; the step size never changes.
    yield from seen[1:]


ALL = ["plain", "momentum", "centered", "weight_decay"]
RUNNERS = {
    "Keras": ("keras", keras, ALL),
    "optax": ("optax", optax, ALL[:3]),
    "Paddle": ("paddlepaddle", paddle, ALL),
    "mlx": ("mlx", mlx, ALL[:1]),
    "timm's RMSpropTF": ("timm", of_torch(make_timm), ALL),
    "torchopt": ("torchopt", of_torch(make_torchopt), ALL),
    "bitsandbytes": ("bitsandbytes", of_torch(make_bitsandbytes), ["plain", "momentum", "weight_decay"]),
    "autograd": ("autograd", autograd, ALL[:1]),
}

name = sys.argv[1]
package, run, programs = RUNNERS[name]
constant = name in ("autograd", "torchopt")
recorded = {}
for program in programs:
    options = PROGRAMS["programs"][program]
    lrs = [options["lr"]] * 2 + [options["lr"] if constant else PROGRAMS["lr_after_two"]] * 2
    recorded[program] = [bits(p) for p in run(options, PROGRAMS["start"], PROGRAMS["gradients"], lrs)]
all_recorded = json.loads(OUT.read_text()) if OUT.exists() else {}
all_recorded[name] = {"package": package, "version": importlib.metadata.version(package), "registry": "PyPI",
                      **({"constant_lr": True} if constant else {}), "parameters": recorded}
OUT.write_text(json.dumps(dict(sorted(all_recorded.items())), indent=2) + "\n")
print(name, all_recorded[name]["version"], recorded)
